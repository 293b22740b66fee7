-- Bringing across the record of another case management system (docs/import.md): what is asked for, which fact each of
-- its rows became, what each row came to, and the tables a load sets its files up in while it works.
-- Entering itself is src/importing/ssd-entering.ts, as the role for background work.

alter table importing.run
  drop constraint run_source_check,
  add constraint run_source_check check (source in ('cin-census', 'ssda903', 'people', 'ssd', 'pack', 'restrictions')),
  -- Which system the files come from: its numbers are its own.
  add column system text not null default '' check (system ~ '^[a-z0-9-]{0,40}$');

-- The old system’s identifiers, typed: which fact a row of it became. Returns of the DfE and Ofsted match year on year,
-- and a load that is run again finds its facts by them. No foreign keys, as importing.statement.
create table importing.source_key (
  system text not null,
  source_table text not null,
  fact_table text not null,
  source_id text not null,
  person_id uuid not null,
  fact_id uuid not null,
  primary key (system, source_table, fact_table, source_id, person_id)
);
comment on table importing.source_key is
  'The identifier a fact had in the system it came from. One row of that system may have become facts of several tables.';

create table importing.source_team (
  system text not null,
  source_id text not null,
  name text not null,
  parent_source_id text,
  team_id uuid references access.team,
  primary key (system, source_id)
);
create table importing.source_worker (
  system text not null,
  source_id text not null,
  name text,
  staff_id text,
  registration_no text,
  job_title text,
  department text,
  primary key (system, source_id)
);
comment on table importing.source_worker is
  'Workers of the system a load came from, whom involvements name. Nobody signs in by it: accounts are given, not loaded.';

-- Rows that did not simply come in, whole as they stood: held, loaded with a warning, or known from an earlier load and
-- gone from this one. Those of an earlier load of the same table are replaced.
create table importing.source_row (
  id uuid primary key default uuidv7(),
  run_id uuid not null references importing.run,
  system text not null,
  source_table text not null,
  outcome text not null check (outcome in ('held', 'warned', 'gone')),
  reasons text[] not null check (cardinality(reasons) > 0),
  file text,
  line integer,
  source_id text,
  person_id uuid,
  raw jsonb,
  check ((outcome = 'gone') = (raw is null))
);
create index on importing.source_row (run_id, source_table, outcome);
create index on importing.source_row (system, source_table);

-- The account of a run: each row that was read ended in one of three ways.
create table importing.row_account (
  run_id uuid not null references importing.run,
  source_table text not null,
  read integer not null,
  loaded integer not null,
  warned integer not null,
  held integer not null,
  gone integer not null default 0,
  -- { year: rows }: by the year (from 1 April) of the table’s own date.
  by_year jsonb not null default '{}',
  -- { field: rows that filled it }: fields of the files that the record has no place for.
  left_out jsonb not null default '{}',
  primary key (run_id, source_table),
  check (read = loaded + warned + held)
);

-- ---------------------------------------------------------------------------------------------------------
-- Where a load sets up its files: tables of this session alone, gone with its transaction. The role for background work
-- may make none itself.

create function importing.set_up(in_name name, in_columns name[], in_types text[], in_keys name[] default '{}') returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  jobs name := foundation.role_name('jobs');
  key name;
begin
  if in_name !~ '^(staged|due)_[a-z0-9_]+$' or session_user <> jobs then
    raise exception 'No table of this name is set up for %', session_user;
  end if;
  execute format('create temporary table %I (%s) on commit drop', in_name,
    (select string_agg(format('%I %s', c.name, c.type::regtype), ', ' order by c.n) from unnest(in_columns, in_types) with ordinality c (name, type, n)));
  foreach key in array in_keys loop
    execute format('create index on pg_temp.%I (%I)', in_name, key);
  end loop;
  execute format('grant select, insert, update, delete, truncate, maintain on pg_temp.%I to %I', in_name, jobs);
end $$;
comment on function importing.set_up is 'A table for this session and this transaction, with an index on each of in_keys.';

-- Teams of the files: known by name here or made; a made one stands under its parent.
create function importing.take_teams(in_system text) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made integer;
begin
  insert into access.team (name)
  select distinct s.name from importing.source_team s
   where s.system = in_system and s.team_id is null
     and not exists (select from access.team t where lower(t.name) = lower(s.name))
  on conflict (name) do nothing;
  get diagnostics made = row_count;
  update importing.source_team s set team_id = (select t.id from access.team t where lower(t.name) = lower(s.name) order by t.name limit 1)
   where s.system = in_system and s.team_id is null;
  -- Only under one that is not below it: teams of an old system may go round in a circle.
  update access.team t set parent_id = above.team_id
    from importing.source_team s join importing.source_team above on above.system = s.system and above.source_id = s.parent_source_id
   where s.system = in_system and s.team_id = t.id and t.parent_id is null and above.team_id <> t.id
     and not t.id = any (access.team_and_above(array[above.team_id]));
  return made;
end $$;

-- Which people the workspace shows: rows of a load, as problems are.
alter table importing.source_key enable row level security;
alter table importing.source_row enable row level security;
revoke execute on all routines in schema importing from public;
do $$
begin
  call foundation.grant_to('app', 'select on table importing.source_row, importing.row_account, importing.source_team');
  call foundation.grant_to('jobs', 'select, insert, update, delete on table importing.source_key, importing.source_row, importing.row_account, importing.source_team, importing.source_worker');
  call foundation.grant_to('jobs', 'execute on function importing.set_up(name, name[], text[], name[]), importing.take_teams(text)');
  execute format('create policy app_reads on importing.source_row for select to %I using ((select importing.workspace_is_open()))', foundation.role_name('app'));
  execute format('create policy jobs_write on importing.source_row for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
  execute format('create policy jobs_write on importing.source_key for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
