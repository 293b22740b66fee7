-- What the looked-after children return asks and the dataset has no columns for, beside the dataset: a view for each of
-- its tables, under its names, with the columns of the return. The return and its checks read these and nothing else.
-- Beyond the return's columns: subject_id, and "YEAR" where a fact is told of a collection year.

-- Whoever has a number or a reference, and what every table of the return repeats of them.
call ssd.publish('return_903_child', $$
  select k.person_id, k.subject_id, k.speaks, k.pers_person_id as "CHILD", p.sex::text as "SEX", p.date_of_birth as "DOB", p.upn_unknown
    from human_key k join person p on p.id = k.subject_id
$$);

call ssd.publish('return_903_header', $$
  select c.subject_id, c."CHILD", c."SEX", c."DOB", ch.ethnicity::text as "ETHNIC",
         coalesce(upn.value, c.upn_unknown::text) as "UPN",
         case when ms.mother then '1' when not ms.mother then '0' end as "MOTHER", ms.mc_dob as "MC_DOB", null::text as "UASC"
    from return_903_child c
    left join person_characteristics ch on ch.person_id = c.subject_id
    left join mother_status ms on ms.person_id = c.subject_id
    left join (
      select distinct on (k.subject_id) k.subject_id, i.value
        from person_identifier i join human_key k on k.person_id = i.person_id
       where i.kind = 'upn' and i.source_authority is null
       order by k.subject_id, i.to_day is not null, not k.speaks, i.from_day desc nulls last, i.id desc
    ) as upn on upn.subject_id = c.subject_id
   where c.speaks
$$);

call ssd.publish('return_903_episodes', $$
  select c.subject_id, c."CHILD", e.decom as "DECOM", e.rne::text as "RNE", e.ls::text as "LS", e.cin::text as "CIN", e.place::text as "PLACE",
         e.place_provider::text as "PLACE_PROVIDER", e.dec as "DEC", e.rec::text as "REC", e.reason_place_change::text as "REASON_PLACE_CHANGE",
         e.home_post as "HOME_POST", w.pl_post as "PL_POST", w.urn as "URN"
    from episode e
    join return_903_child c on c.person_id = e.person_id
    left join placement_whereabouts w on w.episode_id = e.id
$$);

call ssd.publish('return_903_reviews', $$
  select c.subject_id, c."CHILD", c."DOB", r.review as "REVIEW", r.review_code::text as "REVIEW_CODE"
    from looked_after_review r join return_903_child c on c.person_id = r.person_id
   where r.review_cancelled is not true
$$);

call ssd.publish('return_903_uasc', $$
  select c.subject_id, c."CHILD", c."SEX", c."DOB", u.duc as "DUC", u.collection_year::text as "YEAR"
    from uasc_status u join return_903_child c on c.person_id = u.person_id
   where u.uasc
$$);

call ssd.publish('return_903_oc2', $$
  select c.subject_id, c."CHILD", c."DOB", s.sdq_score::text as "SDQ_SCORE", s.sdq_reason::text as "SDQ_REASON",
         o.convicted::integer::text as "CONVICTED", h.health_check::integer::text as "HEALTH_CHECK", h.immunisations::integer::text as "IMMUNISATIONS",
         h.teeth_check::integer::text as "TEETH_CHECK", h.health_assessment::integer::text as "HEALTH_ASSESSMENT",
         m.substance_misuse::integer::text as "SUBSTANCE_MISUSE", m.intervention_received::integer::text as "INTERVENTION_RECEIVED",
         m.intervention_offered::integer::text as "INTERVENTION_OFFERED", t.year as "YEAR"
    from (
      select person_id, collection_year::text as year from health_outcome
      union select person_id, collection_year::text from substance_misuse_outcome
      union select person_id, collection_year::text from conviction_outcome
      union select person_id, collection_year::text from sdq where collection_year is not null
    ) as t
    join return_903_child c on c.person_id = t.person_id
    left join health_outcome h on h.person_id = t.person_id and h.collection_year = t.year
    left join substance_misuse_outcome m on m.person_id = t.person_id and m.collection_year = t.year
    left join conviction_outcome o on o.person_id = t.person_id and o.collection_year = t.year
    left join (
      select distinct on (person_id, collection_year) person_id, collection_year, sdq_score, sdq_reason
        from sdq where collection_year is not null order by person_id, collection_year, id desc
    ) as s on s.person_id = t.person_id and s.collection_year = t.year
$$);

call ssd.publish('return_903_oc3', $$
  select c.subject_id, c."CHILD", c."DOB", o.in_touch::text as "IN_TOUCH", o.activ::text as "ACTIV", o.accom::text as "ACCOM", o.collection_year::text as "YEAR"
    from care_leaver_outcome o join return_903_child c on c.person_id = o.person_id
$$);

call ssd.publish('return_903_ad1', $$
  select c.subject_id, c."CHILD", c."DOB", a.date_int as "DATE_INT", a.date_match as "DATE_MATCH", a.foster_care::integer::text as "FOSTER_CARE",
         a.nb_adoptr::text as "NB_ADOPTR", a.sex_adoptr::text as "SEX_ADOPTR", a.ls_adoptr::text as "LS_ADOPTR", a.collection_year::text as "YEAR"
    from adoption a join return_903_child c on c.person_id = a.person_id
$$);

call ssd.publish('return_903_placedadoption', $$
  select c.subject_id, c."CHILD", c."DOB", a.date_placed as "DATE_PLACED", a.date_placed_ceased as "DATE_PLACED_CEASED",
         a.reason_placed_ceased::text as "REASON_PLACED_CEASED"
    from placed_for_adoption a join return_903_child c on c.person_id = a.person_id
$$);

call ssd.publish('return_903_prevperm', $$
  select c.subject_id, c."CHILD", c."DOB", p.prev_perm::text as "PREV_PERM", p.la_perm::text as "LA_PERM", p.date_perm as "DATE_PERM"
    from previous_permanence p join return_903_child c on c.person_id = p.person_id
$$);

call ssd.publish('return_903_missing', $$
  select c.subject_id, c."CHILD", c."DOB", m.missing::text as "MISSING", m.mis_start as "MIS_START", m.mis_end as "MIS_END"
    from missing_episode m join return_903_child c on c.person_id = m.person_id
$$);

call ssd.publish('return_903_swepisodes', $$
  select c.subject_id, c."CHILD", c."DOB", w.sw_id as "SW_ID", w.sw_decom as "SW_DECOM", w.sw_dec as "SW_DEC", w.sw_reason::text as "SW_REASON"
    from social_worker_episode w join return_903_child c on c.person_id = w.person_id
$$);

call ssd.publish('return_903_dolo', $$
  select c.subject_id, c."CHILD", c."DOB", d.dolo_start as "DOLO_START", d.dolo_end as "DOLO_END"
    from deprivation_of_liberty d join return_903_child c on c.person_id = d.person_id
$$);
