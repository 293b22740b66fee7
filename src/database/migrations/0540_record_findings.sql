-- What the rules of the returns find on each child of the record, so that it can stand beside the fact that causes it.
-- Worked out from the record after each change and every night, so without history. It copies nothing but the day by
-- which a fact is known.

create table returns.record_finding (
  id uuid primary key default uuidv7(),
  -- The person who speaks for all under whom a child is known.
  person_id uuid not null references record.person on delete cascade,
  collection text not null check (collection ~ '^20\d\d-\d\d$'),
  of_return text not null check (of_return in ('cin-census', 'ssda903')),
  rule text not null,
  kind text not null check (kind in ('error', 'query')),
  message text not null,
  -- Known only when all children had been looked at together: looking at one child again does not tell.
  across boolean not null,
  -- Every field group that the rule looks at: only whoever may write in all of them can mend what it found.
  groups text[] not null check (cardinality(groups) > 0),
  -- [{ table, day, fields }]: the table of the return, the day or year of its row (null where it has none), its fields.
  places jsonb not null,
  checked_at timestamptz not null default clock_timestamp()
);
create index on returns.record_finding (person_id);
comment on table returns.record_finding is 'Read through returns.findings_open alone.';
alter table returns.record_finding enable row level security;

-- Findings on a record that this session has opened in full: those that its account may mend, by the same decision as
-- writing itself. Whoever reads in an emergency, or only a summary, is told nothing.
create function returns.findings_open(in_people uuid[], out of_return text, out rule text, out kind text, out message text, out places jsonb)
  returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  reader uuid := (select s.account_id from access.session_now s);
  d access.decision;
begin
  -- Most children have none, and deciding takes longer than looking.
  if reader is null
     or not exists (select from access.open_now o where o.kind = 'record' and o.level = 'full' and o.people @> in_people)
     or not exists (select from returns.record_finding f where f.person_id = any (in_people)) then
    return;
  end if;
  d := access.decide(reader, in_people[1], null, 'full', true, null);
  return query
    select f.of_return, f.rule, f.kind, f.message, f.places from returns.record_finding f
     where f.person_id = any (in_people) and f.groups <@ coalesce(d.write_groups, '{}')
     order by f.id;
end $$;

-- Whoever writes a fact that goes into a return has the child looked at again: one job a child however much is written
-- before it begins. Imports, which write much, have the whole record looked at when they are done.
create function returns.ask_for_checks() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  subject text := (select quote_ident(k.subject) from foundation.kept_table k where k.table_name = tg_table_name);
  rows text := case tg_op when 'INSERT' then 'new_rows' when 'DELETE' then 'old_rows'
                          else '(select * from new_rows union all select * from old_rows) both_sides' end;
  touched uuid;
begin
  if current_user <> foundation.role_name('app') or to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is null then
    return null;
  end if;
  for touched in execute format('select distinct %s from %s', subject, rows) loop
    perform jobs.enqueue('record-check', touched);
  end loop;
  return null;
end $$;

-- For a table whose facts go into a return; a later migration that adds one calls it after foundation.keep.
create procedure returns.checks(record_table regclass)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create trigger checks_asked_added after insert on %s referencing new table as new_rows for each statement execute function returns.ask_for_checks()', record_table);
  execute format('create trigger checks_asked_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function returns.ask_for_checks()', record_table);
end $$;

create function returns.ask_for_all_checks() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is not null then
    perform jobs.enqueue('record-checks', '00000000-0000-0000-0000-000000000000');
  end if;
  return null;
end $$;
create trigger checks_asked after update of state on importing.run
  for each row when (new.state = 'finished' and old.state <> 'finished' and new.created + new.updated + new.withdrawn > 0)
  execute function returns.ask_for_all_checks();

do $$
declare
  of_table text;
begin
  foreach of_table in array array['person', 'person_identifier', 'person_characteristics', 'disability', 'mother_status',
      'referral', 'assessment', 'assessment_factor', 'cin_plan', 'section_47', 'initial_conference', 'child_protection_plan',
      'child_protection_review', 'pre_proceedings', 'episode', 'placement_whereabouts', 'looked_after_review', 'missing_episode',
      'deprivation_of_liberty', 'uasc_status', 'previous_permanence', 'social_worker_episode', 'health_outcome',
      'substance_misuse_outcome', 'conviction_outcome', 'sdq', 'adoption', 'placed_for_adoption', 'care_leaver_outcome'] loop
    call returns.checks(format('record.%I', of_table)::regclass);
  end loop;
end $$;

revoke execute on all routines in schema returns from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function returns.findings_open(uuid[])');
  call foundation.grant_to('jobs', 'select, insert, delete on table returns.record_finding');
  execute format('create policy jobs_write on returns.record_finding for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
