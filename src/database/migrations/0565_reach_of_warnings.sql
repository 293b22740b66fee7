-- As before, and whom somebody merely spends time with is no relative: that is no conflict of interest by itself.
create or replace function access.relatives(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive kin as (
      select person, 0 as steps from unnest(in_people) as person
      union
      select case when r.person_id = kin.person then r.other_person_id else r.person_id end, kin.steps + 1
        from kin join record.relationship r on kin.person in (r.person_id, r.other_person_id) and r.kind not in ('friend', 'associate', 'other')
       where kin.steps < 2
    ) select access.with_aliases(coalesce(array_agg(distinct kin.person) filter (where kin.steps > 0), '{}')) from kin);

-- As before, also for a warning that was taken back and is looked back to; what is opened is asked once and not for each link.
create or replace function access.risks_near(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with opened as materialized (
      select person from unnest(access.opened_of(in_people)) as person
    ), near as (
      select l.risk_id from opened join record.risk_link l on l.person_id = opened.person
      union
      select l.risk_id from opened join history.risk_link l on l.person_id = opened.person
    )
    select coalesce(array_agg(distinct near.risk_id), '{}')
      from near join (select id, person_id from record.risk_posed union all select id, person_id from history.risk_posed) r on r.id = near.risk_id
     where not exists (select from access.restricted x where x.person_id = any (access.alias_set(r.person_id)) and x.level >= 2));

-- As before; a statement that brings very many people does not wait for it. What an import brought is looked at when it is done, all else
-- that comes in such numbers at night.
create or replace function record.watch_risks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  touched uuid[];
begin
  if not exists (select from record.risk_posed r where r.to_day is null or r.to_day > current_date) then
    return null;
  end if;
  execute format('select array_agg(distinct p) from (%s) t cross join lateral unnest(array[%s]) p where p is not null',
    case tg_op when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows' else 'table old_rows union all table new_rows' end,
    (select string_agg(format('t.%I', column_name), ', ') from unnest(tg_argv) as column_name)) into touched;
  if cardinality(touched) <= 500 then
    perform record.refresh_risk_links(record.risk_holders_near(touched));
  end if;
  return null;
end $$;

create function record.ask_to_watch_warnings() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is not null then
    perform jobs.enqueue('watch-warnings', '00000000-0000-0000-0000-000000000000');
  end if;
  return null;
end $$;
create trigger warnings_watched after update of state on importing.run
  for each row when (new.state = 'finished' and old.state <> 'finished' and new.created + new.updated + new.withdrawn > 0)
  execute function record.ask_to_watch_warnings();

revoke execute on all routines in schema access, record from public;
