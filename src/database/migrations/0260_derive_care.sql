-- Periods of care, placements and legal statuses of people whose episodes were imported. What follows from episodes is
-- three questions; record.derive_care makes the tables say the answers, and touches only what has changed, so that
-- history tells of changes alone.

-- A period of care: from an episode that nothing runs into, to one that runs into nothing.
create function record.periods_from_episodes(in_people uuid[])
  returns table (person_id uuid, natural_key text, start_date date, end_date date, end_reason text, primary_need text, short_breaks boolean, import_run_id uuid)
  language sql stable
  set search_path = record, pg_catalog, pg_temp
as $$
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or e.rne = 'S' as begins
      from episode e where e.person_id = any (in_people)
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
  )
  select person_id, start_date::text || case when row_number() over same > 1 then '#' || row_number() over same else '' end,
         start_date, end_date, end_reason, primary_need, short_breaks, import_run_id
    from periods window same as (partition by person_id, start_date order by end_date nulls last)
$$;

-- A placement lasts through episodes in which only the legal status changed.
create function record.placements_from_episodes(in_people uuid[])
  returns table (person_id uuid, natural_key text, start_date date, end_date date, place text, place_provider text, reason_place_change text, import_run_id uuid)
  language sql stable
  set search_path = record, pg_catalog, pg_temp
as $$
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or e.rne is distinct from 'L' as begins
      from episode e where e.person_id = any (in_people)
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
  )
  select person_id, start_date::text || case when row_number() over same > 1 then '#' || row_number() over same else '' end,
         start_date, end_date, place, place_provider, reason_place_change, import_run_id
    from placements window same as (partition by person_id, start_date order by end_date nulls last)
$$;

-- A legal status lasts through episodes that follow each other under it.
create function record.legal_statuses_from_episodes(in_people uuid[])
  returns table (person_id uuid, natural_key text, legal_status text, start_date date, end_date date, import_run_id uuid)
  language sql stable
  set search_path = record, pg_catalog, pg_temp
as $$
  with steps as (
    select e.*, lag(e.dec) over care is distinct from e.decom or lag(e.ls) over care is distinct from e.ls as begins
      from episode e where e.ls is not null and e.person_id = any (in_people)
    window care as (partition by e.person_id order by e.decom, e.dec nulls last, e.id)
  ), numbered as (
    select *, count(*) filter (where begins) over (partition by person_id order by decom, dec nulls last, id) as n from steps
  ), statuses as (
    select person_id, ls::text as legal_status, min(decom) as start_date,
           case when bool_and(dec is not null) then max(dec) end as end_date,
           (array_agg(import_run_id order by decom desc, id desc))[1] as import_run_id
      from numbered group by person_id, n, ls
  )
  select person_id, legal_status || ' ' || start_date || case when row_number() over same > 1 then '#' || row_number() over same else '' end,
         legal_status, start_date, end_date, import_run_id
    from statuses window same as (partition by person_id, legal_status, start_date order by end_date nulls last)
$$;

-- Makes the three tables say what follows from these people's episodes, as the role that calls. Rows that a worker wrote
-- here (without a natural key) stay as they are.
create function record.derive_care(in_people uuid[]) returns void
  language plpgsql
  set search_path = record, pg_catalog, pg_temp
as $$
begin
  set constraints record.period_of_care_one_at_a_time, record.placement_one_at_a_time, record.legal_status_each_once_at_a_time deferred;

  delete from period_of_care t where t.person_id = any (in_people) and t.natural_key is not null
     and not exists (select from periods_from_episodes(in_people) s where s.person_id = t.person_id and s.natural_key = t.natural_key);
  merge into period_of_care t using periods_from_episodes(in_people) s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and (t.end_date, t.end_reason::text, t.primary_need::text, t.short_breaks) is distinct from (s.end_date, s.end_reason, s.primary_need, s.short_breaks) then
    update set end_date = s.end_date, end_reason = s.end_reason, primary_need = s.primary_need, short_breaks = s.short_breaks, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, start_date, end_date, end_reason, primary_need, short_breaks, import_run_id)
    values (s.person_id, s.natural_key, s.start_date, s.end_date, s.end_reason, s.primary_need, s.short_breaks, s.import_run_id);

  delete from placement t where t.person_id = any (in_people) and t.natural_key is not null
     and not exists (select from placements_from_episodes(in_people) s where s.person_id = t.person_id and s.natural_key = t.natural_key);
  merge into placement t using placements_from_episodes(in_people) s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and (t.end_date, t.place::text, t.place_provider::text, t.reason_place_change::text) is distinct from (s.end_date, s.place, s.place_provider, s.reason_place_change) then
    update set end_date = s.end_date, place = s.place, place_provider = s.place_provider, reason_place_change = s.reason_place_change, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, start_date, end_date, place, place_provider, reason_place_change, import_run_id)
    values (s.person_id, s.natural_key, s.start_date, s.end_date, s.place, s.place_provider, s.reason_place_change, s.import_run_id);

  delete from legal_status t where t.person_id = any (in_people) and t.natural_key is not null
     and not exists (select from legal_statuses_from_episodes(in_people) s where s.person_id = t.person_id and s.natural_key = t.natural_key);
  merge into legal_status t using legal_statuses_from_episodes(in_people) s on t.person_id = s.person_id and t.natural_key = s.natural_key
  when matched and t.end_date is distinct from s.end_date then
    update set end_date = s.end_date, import_run_id = s.import_run_id
  when not matched then
    insert (person_id, natural_key, legal_status, start_date, end_date, import_run_id)
    values (s.person_id, s.natural_key, s.legal_status, s.start_date, s.end_date, s.import_run_id);
end $$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function record.periods_from_episodes(uuid[]), record.placements_from_episodes(uuid[]), record.legal_statuses_from_episodes(uuid[]), record.derive_care(uuid[])');
end $$;
