-- Looked after, and after it. A period of care is the spine: whatever is dated belongs to the period it falls in.

call ssd.publish('ssd_legal_status', $$
  select l.id::text as lega_legal_status_id, c.pers_person_id as lega_person_id, l.legal_status::text as lega_legal_status,
         l.start_date as lega_legal_status_start_date, l.end_date as lega_legal_status_end_date
    from legal_status l join human_key c on c.person_id = l.person_id
$$);

call ssd.publish('ssd_cla_episodes', $$
  select e.id::text as clae_cla_episode_id,
         c.pers_person_id as clae_person_id,
         e.decom as clae_cla_episode_start_date,
         e.rne::text as clae_cla_episode_start_reason,
         e.cin::text as clae_cla_primary_need_code,
         e.dec as clae_cla_episode_ceased_date,
         e.rec::text as clae_cla_episode_ceased_reason,
         care.id::text as clae_cla_id,
         null::text as clae_referral_id,
         placed.id::text as clae_cla_placement_id,
         care.start_date as clae_entered_care_date,
         null::date as clae_cla_last_iro_contact_date
    from episode e
    join human_key c on c.person_id = e.person_id
    left join lateral (
      select p.id, p.start_date from period_of_care p
       where p.person_id = e.person_id and p.start_date <= e.decom and (p.end_date is null or p.end_date >= e.decom)
       order by p.start_date desc limit 1
    ) as care on true
    left join lateral (
      select p.id from placement p
       where p.person_id = e.person_id and p.start_date <= e.decom and (p.end_date is null or p.end_date >= e.decom)
       order by p.start_date desc limit 1
    ) as placed on true
$$);

-- Where the child lived in a placement: as its last episode says.
call ssd.publish('ssd_cla_placement', $$
  select p.id::text as clap_cla_placement_id,
         p.start_date as clap_cla_placement_start_date,
         p.place::text as clap_cla_placement_type,
         lived.urn as clap_cla_placement_urn,
         null::double precision as clap_cla_placement_distance,
         care.id::text as clap_cla_id,
         p.place_provider::text as clap_cla_placement_provider,
         replace(lived.pl_post, ' ', '') as clap_cla_placement_postcode,
         p.end_date as clap_cla_placement_end_date,
         p.reason_place_change::text as clap_cla_placement_change_reason,
         c.pers_person_id as clap_person_id
    from placement p
    join human_key c on c.person_id = p.person_id
    left join lateral (
      select k.id from period_of_care k
       where k.person_id = p.person_id and k.start_date <= p.start_date and (k.end_date is null or k.end_date >= p.start_date)
       order by k.start_date desc limit 1
    ) as care on true
    left join lateral (
      select w.urn, w.pl_post from episode e join placement_whereabouts w on w.episode_id = e.id
       where e.person_id = p.person_id and e.decom >= p.start_date and (p.end_date is null or e.decom < p.end_date or e.decom = p.start_date)
       order by e.decom desc limit 1
    ) as lived on true
$$);

call ssd.publish('ssd_cla_reviews', $$
  select r.id::text as clar_cla_review_id,
         care.id::text as clar_cla_id,
         c.pers_person_id as clar_cla_person_id,
         r.review_due_date as clar_cla_review_due_date,
         r.review as clar_cla_review_date,
         ssd.yes_no(r.review_cancelled) as clar_cla_review_cancelled,
         r.review_code::text as clar_cla_review_participation
    from looked_after_review r
    join human_key c on c.person_id = r.person_id
    left join lateral (
      select p.id from period_of_care p
       where p.person_id = r.person_id and p.start_date <= r.review and (p.end_date is null or p.end_date >= r.review)
       order by p.start_date desc limit 1
    ) as care on true
$$);

call ssd.publish_empty('ssd_cla_visits', array['clav_cla_visit_id', 'clav_cla_id', 'clav_person_id', 'clav_cla_visit_date date',
  'clav_cla_visit_seen', 'clav_cla_visit_seen_alone']);
call ssd.publish_empty('ssd_cla_care_plan', array['lacp_table_id', 'lacp_person_id', 'lacp_cla_care_plan_start_date date',
  'lacp_cla_care_plan_end_date date', 'lacp_cla_care_plan_json']);

-- The looked-after return tells of health, offending and substances by the year; the years stand behind the dataset's columns.
call ssd.publish('ssd_cla_convictions', $$
  select o.id::text as clac_cla_conviction_id, c.pers_person_id as clac_person_id,
         null::date as clac_cla_conviction_date, null::text as clac_cla_conviction_offence,
         o.collection_year::text as "CollectionYear"
    from conviction_outcome o join human_key c on c.person_id = o.person_id
   where o.convicted
$$);

call ssd.publish('ssd_cla_health', $$
  select o.id || ' ' || done.kind as clah_health_check_id, c.pers_person_id as clah_person_id,
         done.kind as clah_health_check_type, null::date as clah_health_check_date, 'Completed' as clah_health_check_status,
         o.collection_year::text as "CollectionYear"
    from health_outcome o
    join human_key c on c.person_id = o.person_id
   cross join lateral (values ('Health Assessment', o.health_assessment), ('Dental Check', o.teeth_check), ('Health Check', o.health_check)) as done (kind, was)
   where done.was
$$);

call ssd.publish('ssd_cla_immunisations', $$
  select distinct on (c.subject_id) c.pers_person_id as clai_person_id,
         ssd.yes_no(o.immunisations) as clai_immunisations_status,
         null::date as clai_immunisations_status_date,
         o.collection_year::text as "CollectionYear"
    from health_outcome o join human_key c on c.person_id = o.person_id
   where o.immunisations is not null
   order by c.subject_id, o.collection_year desc, o.id
$$);

call ssd.publish('ssd_cla_substance_misuse', $$
  select o.id::text as clas_substance_misuse_id, c.pers_person_id as clas_person_id,
         null::date as clas_substance_misuse_date, null::text as clas_substance_misused,
         ssd.yes_no(o.intervention_received) as clas_intervention_received,
         o.collection_year::text as "CollectionYear"
    from substance_misuse_outcome o join human_key c on c.person_id = o.person_id
   where o.substance_misuse
$$);

call ssd.publish('ssd_sdq_scores', $$
  select s.id::text as csdq_table_id, c.pers_person_id as csdq_person_id, s.sdq_completed_date as csdq_sdq_completed_date,
         s.sdq_reason::text as csdq_sdq_reason, s.sdq_score::integer as csdq_sdq_score, s.collection_year::text as "CollectionYear"
    from sdq s join human_key c on c.person_id = s.person_id
$$);

call ssd.publish('ssd_missing', $$
  select m.id::text as miss_table_id, c.pers_person_id as miss_person_id, m.mis_start as miss_missing_episode_start_date,
         case m.missing when 'M' then 'Missing' when 'A' then 'Away' end as miss_missing_episode_type,
         m.mis_end as miss_missing_episode_end_date, m.rhi_offered as miss_missing_rhi_offered, m.rhi_accepted as miss_missing_rhi_accepted
    from missing_episode m join human_key c on c.person_id = m.person_id
$$);

call ssd.publish('ssd_cla_previous_permanence', $$
  select p.id::text as lapp_table_id, c.pers_person_id as lapp_person_id, lower(p.date_perm) as lapp_previous_permanence_order_date,
         p.prev_perm::text as lapp_previous_permanence_option, p.la_perm::text as lapp_previous_permanence_la
    from previous_permanence p join human_key c on c.person_id = p.person_id
$$);

-- What the latest year said. Accommodation is a letter, and a digit for suitable (1) or not (2).
call ssd.publish('ssd_care_leavers', $$
  select distinct on (c.subject_id)
         o.id::text as clea_table_id,
         c.pers_person_id as clea_person_id,
         null::text as clea_care_leaver_eligibility,
         o.in_touch::text as clea_care_leaver_in_touch,
         null::date as clea_care_leaver_latest_contact,
         nullif(left(o.accom, 1), '0') as clea_care_leaver_accommodation,
         nullif(substr(o.accom, 2), '') as clea_care_leaver_accom_suitable,
         nullif(o.activ, '0')::text as clea_care_leaver_activity,
         null::date as clea_pathway_plan_review_date,
         (select i.account_id::text from involvement i where i.person_id = o.person_id and i.kind = 'personal-adviser' and i.to_day is null
           order by i.from_day desc, i.id limit 1) as clea_care_leaver_personal_advisor,
         (select i.team_id::text from involvement i where i.person_id = o.person_id and i.team_id is not null and i.to_day is null
           order by i.from_day desc, i.id limit 1) as clea_care_leaver_allocated_team,
         (select i.account_id::text from involvement i where i.person_id = o.person_id and i.kind = 'allocated' and i.to_day is null
           order by i.from_day desc, i.id limit 1) as clea_care_leaver_worker_id,
         o.collection_year::text as "CollectionYear"
    from care_leaver_outcome o join human_key c on c.person_id = o.person_id
   order by c.subject_id, o.collection_year desc, o.id
$$);

-- One row for a decision that a child should be adopted, and for each period of care that ended in an order. What is
-- said of the match and of the adopters belongs to the child's last row.
call ssd.publish('ssd_permanence', $$
  with ended as (
    select c.subject_id, p.id, p.end_date,
           case when p.end_reason in ('E11', 'E12') then 'Adoption' when p.end_reason = 'E41' then 'Child Arrangements Order/Residence Order'
                else 'Special Guardianship' end as kind
      from period_of_care p join human_key c on c.person_id = p.person_id
     where p.end_reason in ('E11', 'E12', 'E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48')
  ), decided as (
    select c.subject_id, d.*, lead(d.date_placed) over (partition by c.subject_id order by d.date_placed, d.id) as next_decision
      from placed_for_adoption d join human_key c on c.person_id = d.person_id
  ), matched as (
    select distinct on (c.subject_id) c.subject_id, a.*
      from adoption a join human_key c on c.person_id = a.person_id
     order by c.subject_id, a.collection_year desc nulls last, a.date_match desc nulls last, a.id
  ), process as (
    select coalesce(d.id, e.id) as id, coalesce(d.subject_id, e.subject_id) as subject_id, d.date_placed, d.date_placed_ceased,
           d.reason_placed_ceased, e.id as period_id, e.end_date, e.kind
      from decided d
      full join ended e on e.subject_id = d.subject_id and e.kind = 'Adoption' and d.date_placed <= e.end_date
                       and (d.next_decision is null or d.next_decision > e.end_date)
    union all
    select m.id, m.subject_id, null, null, null, null, null, null from matched m
     where not exists (select from decided d where d.subject_id = m.subject_id)
       and not exists (select from ended e where e.subject_id = m.subject_id and e.kind = 'Adoption')
  ), numbered as (
    select *, row_number() over (partition by subject_id, coalesce(kind, 'Adoption') = 'Adoption' order by date_placed desc nulls last, id) = 1
              and coalesce(kind, 'Adoption') = 'Adoption' as is_last
      from process
  )
  select n.id::text as perm_table_id,
         c.pers_person_id as perm_person_id,
         n.period_id::text as perm_cla_id,
         n.date_placed as perm_adm_decision_date,
         null::date as perm_ffa_cp_decision_date,
         court.start_date as perm_placement_order_date,
         home.decom as perm_placed_for_adoption_date,
         m.date_match as perm_matched_date,
         ssd.yes_no(m.foster_care) as perm_adopted_by_carer_flag,
         null::date as perm_placed_ffa_cp_date,
         n.date_placed_ceased as perm_decision_reversed_date,
         null::date as perm_placed_foster_carer_date,
         null::text as perm_part_of_sibling_group,
         null::integer as perm_siblings_placed_together,
         null::integer as perm_siblings_placed_apart,
         null::text as perm_placement_provider_urn,
         n.reason_placed_ceased::text as perm_decision_reversed_reason,
         n.end_date as perm_permanence_order_date,
         n.kind as perm_permanence_order_type,
         null::text as perm_adoption_worker_id,
         m.sex_adoptr::text as perm_adopter_sex,
         m.ls_adoptr::text as perm_adopter_legal_status,
         m.nb_adoptr::integer as perm_number_of_adopters
    from numbered n
    join human_key c on c.subject_id = n.subject_id and c.speaks
    left join matched m on m.subject_id = n.subject_id and n.is_last
    left join lateral (
      select min(l.start_date) as start_date from legal_status l
       where l.person_id = n.subject_id and l.legal_status in ('E1', 'D1') and n.is_last
    ) as court on true
    left join lateral (
      select min(e.decom) as decom from episode e
       where e.person_id = n.subject_id and e.place in ('A3', 'A4', 'A5', 'A6') and n.is_last
    ) as home on true
$$);
