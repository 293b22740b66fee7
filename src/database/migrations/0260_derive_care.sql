-- Periods of care, placements and legal statuses of people whose episodes were imported. Runs in the importing
-- transaction, as the role that imports; what has not changed is not touched, so history tells only of changes.
-- in_people: whose; null for everyone who has an episode.

create function record.derive_care(in_people uuid[] default null) returns void
  language plpgsql
  set search_path = record, pg_catalog, pg_temp
as $$
begin
  set constraints record.period_of_care_one_at_a_time, record.placement_one_at_a_time, record.legal_status_each_once_at_a_time deferred;

  -- A period of care: from an episode that nothing runs into, to one that runs into nothing.
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or e.rne = 'S' as begins
      from episode e where in_people is null or e.person_id = any (in_people)
    window care as (partition by e.person_id order by e.decom, e.dec nulls last, e.id)
  ), numbered as (
    select *, count(*) filter (where begins) over (partition by person_id order by decom, dec nulls last, id) as n from steps
  ), periods as (
    select person_id, min(decom) as start_date,
           case when bool_and(dec is not null) then max(dec) end as end_date,
           case when bool_and(dec is not null) then (array_agg(rec::text order by decom desc, dec desc nulls first, id desc))[1] end as end_reason,
           (array_agg(cin::text order by decom, dec nulls last, id))[1] as primary_need,
           coalesce(bool_and(ls in ('V3', 'V4')), false) as short_breaks,
           (array_agg(import_run_id order by decom desc, id desc))[1] as import_run_id
      from numbered group by person_id, n
  ), keyed as (
    select *, start_date::text || case when row_number() over same > 1 then '#' || row_number() over same else '' end as natural_key
      from periods window same as (partition by person_id, start_date order by end_date nulls last)
  )
  merge into period_of_care t using keyed s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and (t.end_date, t.end_reason::text, t.primary_need::text, t.short_breaks) is distinct from (s.end_date, s.end_reason, s.primary_need, s.short_breaks) then
    update set end_date = s.end_date, end_reason = s.end_reason, primary_need = s.primary_need, short_breaks = s.short_breaks, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, start_date, end_date, end_reason, primary_need, short_breaks, import_run_id)
    values (s.person_id, s.natural_key, s.start_date, s.end_date, s.end_reason, s.primary_need, s.short_breaks, s.import_run_id)
  when not matched by source and t.natural_key is not null and (in_people is null or t.person_id = any (in_people)) then
    delete;

  -- A placement lasts through episodes in which only the legal status changed.
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or e.rne is distinct from 'L' as begins
      from episode e where in_people is null or e.person_id = any (in_people)
    window care as (partition by e.person_id order by e.decom, e.dec nulls last, e.id)
  ), numbered as (
    select *, count(*) filter (where begins) over (partition by person_id order by decom, dec nulls last, id) as n from steps
  ), placements as (
    select person_id, min(decom) as start_date,
           case when bool_and(dec is not null) then max(dec) end as end_date,
           (array_agg(place::text order by decom, dec nulls last, id))[1] as place,
           (array_agg(place_provider::text order by decom, dec nulls last, id))[1] as place_provider,
           (array_agg(reason_place_change::text order by decom desc, dec desc nulls first, id desc))[1] as reason_place_change,
           (array_agg(import_run_id order by decom desc, id desc))[1] as import_run_id
      from numbered group by person_id, n
  ), keyed as (
    select *, start_date::text || case when row_number() over same > 1 then '#' || row_number() over same else '' end as natural_key
      from placements window same as (partition by person_id, start_date order by end_date nulls last)
  )
  merge into placement t using keyed s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and (t.end_date, t.place::text, t.place_provider::text, t.reason_place_change::text) is distinct from (s.end_date, s.place, s.place_provider, s.reason_place_change) then
    update set end_date = s.end_date, place = s.place, place_provider = s.place_provider, reason_place_change = s.reason_place_change, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, start_date, end_date, place, place_provider, reason_place_change, import_run_id)
    values (s.person_id, s.natural_key, s.start_date, s.end_date, s.place, s.place_provider, s.reason_place_change, s.import_run_id)
  when not matched by source and t.natural_key is not null and (in_people is null or t.person_id = any (in_people)) then
    delete;

  -- A legal status lasts through episodes that follow each other under it.
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or lag(e.ls) over care is distinct from e.ls as begins
      from episode e where e.ls is not null and (in_people is null or e.person_id = any (in_people))
    window care as (partition by e.person_id order by e.decom, e.dec nulls last, e.id)
  ), numbered as (
    select *, count(*) filter (where begins) over (partition by person_id order by decom, dec nulls last, id) as n from steps
  ), statuses as (
    select person_id, ls::text as legal_status, min(decom) as start_date,
           case when bool_and(dec is not null) then max(dec) end as end_date,
           (array_agg(import_run_id order by decom desc, id desc))[1] as import_run_id
      from numbered group by person_id, n, ls
  ), keyed as (
    select *, legal_status || ' ' || start_date || case when row_number() over same > 1 then '#' || row_number() over same else '' end as natural_key
      from statuses window same as (partition by person_id, legal_status, start_date order by end_date nulls last)
  )
  merge into legal_status t using keyed s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and t.end_date is distinct from s.end_date then
    update set end_date = s.end_date, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, legal_status, start_date, end_date, import_run_id)
    values (s.person_id, s.natural_key, s.legal_status, s.start_date, s.end_date, s.import_run_id)
  when not matched by source and t.natural_key is not null and (in_people is null or t.person_id = any (in_people)) then
    delete;
end $$;

comment on function record.derive_care is
  'Works periods of care, placements and legal statuses out from episodes. Rows a worker wrote here (without a natural key) stay as they are.';

revoke execute on function record.derive_care(uuid[]) from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function record.derive_care(uuid[])');
end $$;
