-- Who is in the dataset, and what it says of them.

-- Of two rows of person that stand for one human being (person_alias): whose row speaks for both.
call ssd.publish('human', $$
  with recursive tie as (
    select person_id, same_as from person_alias
     where from_at <= foundation.known_at() and (to_at is null or to_at > foundation.known_at())
  ), either_way as (
    select person_id as one, same_as as other from tie union select same_as, person_id from tie
  ), reached as (
    select one, other from either_way
    union
    select r.one, e.other from reached r join either_way e on e.one = r.other
  )
  select one as person_id,
         (array_agg(other order by other in (select person_id from tie), other))[1] as subject_id
    from reached group by one
$$);

-- Every row of person, with the identifier the dataset knows them by: this authority's own, or the reference while there
-- is none.
call ssd.publish('human_key', $$
  select p.id as person_id, coalesce(h.subject_id, p.id) as subject_id, h.subject_id is null or h.subject_id = p.id as speaks,
         coalesce(own.value, replace(coalesce(speaker.reference, p.reference), '-', '')) as pers_person_id
    from person p
    left join human h on h.person_id = p.id
    left join person speaker on speaker.id = h.subject_id
    left join (
      select distinct on (coalesce(ih.subject_id, i.person_id)) coalesce(ih.subject_id, i.person_id) as subject_id, i.value
        from person_identifier i
        left join human ih on ih.person_id = i.person_id
       where i.kind in ('la-child-id', 'ssda903-child-id') and i.source_authority is null
       order by coalesce(ih.subject_id, i.person_id), i.to_day is not null, i.kind <> 'la-child-id',
                i.person_id <> coalesce(ih.subject_id, i.person_id), i.from_day desc nulls last, i.id
    ) as own on own.subject_id = coalesce(h.subject_id, p.id)
$$);

-- Of whom the dataset speaks: whom this authority gave a number, and everyone with a row of their own in a table of need,
-- protection or care. All of the history is published, not the last six years. Views of those tables need not ask it.
call ssd.publish('in_scope', $$
  select distinct coalesce(h.subject_id, s.person_id) as subject_id
    from (
      select person_id from person_identifier where kind in ('la-child-id', 'ssda903-child-id') and source_authority is null
      union select person_id from contact
      union select person_id from referral
      union select person_id from assessment
      union select person_id from assessment_factor
      union select person_id from cin_plan
      union select person_id from section_47
      union select person_id from initial_conference
      union select person_id from child_protection_plan
      union select person_id from child_protection_review
      union select person_id from pre_proceedings
      union select person_id from episode
      union select person_id from period_of_care
      union select person_id from placement
      union select person_id from legal_status
      union select person_id from looked_after_review
      union select person_id from missing_episode
      union select person_id from previous_permanence
      union select person_id from placed_for_adoption
      union select person_id from adoption
      union select person_id from health_outcome
      union select person_id from substance_misuse_outcome
      union select person_id from conviction_outcome
      union select person_id from sdq
      union select person_id from care_leaver_outcome
      union select person_id from involvement
      union select person_id from social_worker_episode
    ) as s
    left join human h on h.person_id = s.person_id
$$);

-- For what anyone can have, adults too: only those in scope.
call ssd.publish('client', $$
  select k.person_id, k.subject_id, k.speaks, k.pers_person_id
    from human_key k join in_scope s on s.subject_id = k.subject_id
$$);

-- The latest value of each kind of identifier.
call ssd.publish('latest_identifier', $$
  select distinct on (c.subject_id, i.kind) c.subject_id, i.kind, i.value
    from person_identifier i join client c on c.person_id = i.person_id
   where i.source_authority is null
   order by c.subject_id, i.kind, i.to_day is not null, not c.speaks, i.from_day desc nulls last, i.id desc
$$);

call ssd.publish('ssd_person', $$
  select c.pers_person_id,
         n.forename as pers_forename,
         coalesce(n.surname, n.full_name) as pers_surname,
         p.sex::text as pers_sex,
         '0' || p.gender_current as pers_gender,
         ch.ethnicity::text as pers_ethnicity,
         p.date_of_birth as pers_dob,
         nhs.value as pers_common_child_id,
         nhs.value as pers_single_unique_id,
         upn.value as pers_upn,
         legacy.value as pers_legacy_id,
         p.upn_unknown::text as pers_upn_unknown,
         null::text as pers_send_flag,
         p.expected_date_of_birth as pers_expected_dob,
         p.died_on as pers_death_date,
         ssd.yes_no(p.sex is distinct from 'M' and (coalesce(ms.mother, false)
           or exists (select from relationship r where r.other_person_id = p.id and r.kind in ('mother', 'parent'))
           or exists (select from relationship r where r.person_id = p.id and r.kind = 'child'))) as pers_is_mother,
         im.nationality as pers_nationality
    from client c
    join person p on p.id = c.person_id
    left join person_characteristics ch on ch.person_id = p.id
    left join mother_status ms on ms.person_id = p.id
    left join latest_identifier upn on upn.subject_id = c.subject_id and upn.kind = 'upn'
    left join latest_identifier nhs on nhs.subject_id = c.subject_id and nhs.kind = 'nhs-number'
    left join latest_identifier legacy on legacy.subject_id = c.subject_id and legacy.kind = 'legacy-id'
    left join (
      select distinct on (person_id) person_id, forename, surname, full_name from person_name
       where kind in ('legal', 'preferred')
       order by person_id, to_day is not null, kind, from_day desc nulls last, id desc
    ) as n on n.person_id = p.id
    left join (
      select distinct on (person_id) person_id, nationality from immigration_status where nationality is not null
       order by person_id, start_date desc nulls last, id desc
    ) as im on im.person_id = p.id
   where c.speaks
$$);

call ssd.publish_empty('ssd_family', array['fami_table_id', 'fami_family_id', 'fami_person_id']);

call ssd.publish('ssd_address', $$
  select a.id::text as addr_table_id,
         ssd.with_all_keys('ROOM FLOOR FLAT BUILDING HOUSE STREET TOWN UPRN EASTING NORTHING',
           jsonb_build_object('STREET', replace(a.address_lines, E'\n', ', '), 'UPRN', a.uprn)) as addr_address_json,
         c.pers_person_id as addr_person_id,
         initcap(a.kind) as addr_address_type,
         a.from_day as addr_address_start_date,
         a.to_day as addr_address_end_date,
         replace(a.postcode, ' ', '') as addr_address_postcode
    from address a join client c on c.person_id = a.person_id
$$);

call ssd.publish('ssd_disability', $$
  select distinct on (c.subject_id, d.disability_code)
         d.id::text as disa_table_id, c.pers_person_id as disa_person_id, d.disability_code::text as disa_disability_code
    from disability d join client c on c.person_id = d.person_id
   order by c.subject_id, d.disability_code, d.id
$$);

-- A period as recorded; and for unaccompanied children what the looked-after return last said.
call ssd.publish('ssd_immigration_status', $$
  select i.id::text as immi_immigration_status_id, c.pers_person_id as immi_person_id,
         i.immigration_status as immi_immigration_status,
         i.start_date as immi_immigration_status_start_date, i.end_date as immi_immigration_status_end_date
    from immigration_status i join client c on c.person_id = i.person_id
  union all
  select u.id::text, u.pers_person_id, 'UASC', null, u.duc
    from (
      select distinct on (c.subject_id) s.id, c.pers_person_id, s.duc
        from uasc_status s join client c on c.person_id = s.person_id
       where s.uasc
       order by c.subject_id, s.collection_year desc, s.id
    ) as u
$$);

-- Mothers that are in scope themselves, with each child in scope; and those of whom the looked-after return tells only
-- when their first child was born.
call ssd.publish('ssd_mother', $$
  select r.id::text as moth_table_id, m.pers_person_id as moth_person_id,
         c.pers_person_id as moth_childs_person_id, p.date_of_birth as moth_childs_dob
    from relationship r
    join client c on c.person_id = r.person_id
    join client m on m.person_id = r.other_person_id
    join person p on p.id = c.subject_id
   where r.kind = 'mother'
  union all
  select s.id::text, c.pers_person_id, null, s.mc_dob
    from mother_status s join client c on c.person_id = s.person_id
   where s.mother and s.mc_dob is not null
     and not exists (select from relationship r join person p on p.id = r.person_id
                      where r.other_person_id = s.person_id and r.kind = 'mother' and p.date_of_birth = s.mc_dob)
$$);

call ssd.publish('ssd_linked_identifiers', $$
  select i.id::text as link_table_id, c.pers_person_id as link_person_id,
         case i.kind when 'upn' then 'Unique Pupil Number' when 'former-upn' then 'Former Unique Pupil Number'
           when 'nhs-number' then 'NHS Number' when 'home-office' then 'Home Office Registration'
           when 'national-insurance' then 'National Insurance Number' when 'youth-justice' then 'YOT Number'
           when 'court-case' then 'Court Case Number' when 'adoption-agency' then 'RAA ID' else 'Case Number' end as link_identifier_type,
         i.value as link_identifier_value,
         i.from_day as link_valid_from_date, i.to_day as link_valid_to_date
    from person_identifier i join client c on c.person_id = i.person_id
$$);

-- ---------------------------------------------------------------------------------------------------------
-- Who works with them.

-- Accounts of this system; and workers whom a return or a record of another system names by a number or a name.
call ssd.publish('ssd_professionals', $$
  select a.id::text as prof_professional_id,
         null::text as prof_staff_id,
         a.display_name as prof_professional_name,
         null::text as prof_social_worker_registration_no,
         a.job_title as prof_professional_job_title,
         null::integer as prof_professional_caseload,
         (select min(t.name) from access.membership m join access.team t on t.id = m.team_id
           where m.account_id = a.id and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)) as prof_professional_department,
         null::double precision as prof_full_time_equivalency,
         null::text as prof_agency_worker_flag
    from access.account a
  union all
  select w.reference, null, min(w.name), null, null, null, null, null, null
    from (
      select sw_id as reference, null::text as name from social_worker_episode
      union
      select coalesce(worker_reference, worker_name), worker_name from involvement where account_id is null
    ) as w
   where w.reference is not null
   group by w.reference
$$);

call ssd.publish('ssd_department', $$
  select t.id::text as dept_team_id, t.name as dept_team_name, t.parent_id::text as dept_team_parent_id, p.name as dept_team_parent_name
    from access.team t left join access.team p on p.id = t.parent_id
$$);

call ssd.publish('ssd_involvements', $$
  select i.id::text as invo_involvements_id,
         coalesce(i.account_id::text, i.worker_reference, i.worker_name) as invo_professional_id,
         case i.kind when 'allocated' then 'CW' else i.kind end as invo_professional_role_id,
         i.team_id::text as invo_professional_team,
         i.from_day as invo_involvement_start_date,
         i.to_day as invo_involvement_end_date,
         i.change_reason::text as invo_worker_change_reason,
         c.pers_person_id as invo_person_id,
         null::text as invo_referral_id
    from involvement i join human_key c on c.person_id = i.person_id
  union all
  select s.id::text, s.sw_id, 'CW', null, s.sw_decom, s.sw_dec, s.sw_reason::text, c.pers_person_id, null
    from social_worker_episode s join human_key c on c.person_id = s.person_id
$$);

call ssd.publish('ssd_cohort', $$
  select c.pers_person_id as dim_person_id, legacy.value as legacy_id,
         coalesce(bool_or(s.why = 'contact'), false) as has_contact, coalesce(bool_or(s.why = 'referral'), false) as has_referral,
         coalesce(bool_or(s.why = 'care'), false) as has_903, coalesce(bool_or(s.why = 'leaver'), false) as is_care_leaver,
         null::boolean as has_eligibility, coalesce(bool_or(s.why = 'number'), false) as has_client_flag,
         coalesce(bool_or(s.why = 'worker'), false) as has_involvement,
         min(s.first_day) as first_activity_dttm, max(s.last_day) as last_activity_dttm
    from client c
    left join latest_identifier legacy on legacy.subject_id = c.subject_id and legacy.kind = 'legacy-id'
    left join (
      select person_id, 'number' as why, null::date as first_day, null::date as last_day
        from person_identifier where kind in ('la-child-id', 'ssda903-child-id') and source_authority is null
      union all
      select person_id, 'contact', contact_date, contact_date from contact
      union all
      select person_id, 'referral', referral_date, referral_date from referral
      union all
      select person_id, 'care', null, null from episode
      union all
      select person_id, 'care', null, null from period_of_care
      union all
      select person_id, 'leaver', null, null from care_leaver_outcome
      union all
      select person_id, 'worker', null, null from involvement
    ) as s on s.person_id = c.person_id
   group by c.subject_id, c.pers_person_id, legacy.value
$$);
