-- Checks of a return that somebody uploaded: not the record. The files lie in a private folder and go when the run is
-- over; what was found, and the rows it is about, are one account's own and go after a day, or when it dismisses them.

create table returns.check_run (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  return text not null check (return in ('cin-census', 'ssda903')),
  files text[] not null check (cardinality(files) > 0),
  -- Last year's return beside it, and lists: as they were called.
  previous text[] not null default '{}',
  lists text[] not null default '{}',
  authority text,
  -- Wished for; then, once checked, what was taken.
  year text check (year ~ '^\d{4}-\d\d$'),
  ruleset text check (ruleset ~ '^\d{4}-\d\d$'),
  state text not null default 'waiting' check (state in ('waiting', 'checking', 'finished', 'unusable', 'failed')),
  asked_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  -- How far it is, in hundredths.
  progress smallint not null default 0 check (progress between 0 and 100),
  children integer not null default 0,
  -- All there are; those kept to be looked at may be fewer.
  findings integer not null default 0,
  kept integer not null default 0,
  children_found integer not null default 0,
  -- [{ code, kind, message, count }] of the rules that ran; [{ rule, why }]; [{ file, line, what }].
  rules jsonb not null default '[]',
  not_run jsonb not null default '[]',
  warnings jsonb not null default '[]',
  says text
);
create index on returns.check_run (account_id, asked_at);
comment on table returns.check_run is 'A check of an uploaded return: whose it is, how far, counts. Goes with its findings after a day.';

create table returns.check_child (
  run_id uuid not null references returns.check_run on delete cascade,
  place integer not null,
  -- CHILD or LAchildID as in the file; empty for what is about the whole return or a child without id.
  child text,
  errors integer not null default 0,
  queries integer not null default 0,
  -- The team of the child, where the record knows the number and the record is not restricted.
  team_id uuid references access.team,
  -- [{ table, row, cells }]: what the return says of the child.
  rows jsonb not null default '[]',
  primary key (run_id, place)
);

create table returns.check_finding (
  run_id uuid not null,
  place integer not null,
  child_place integer not null,
  rule text not null,
  kind text not null check (kind in ('error', 'query')),
  -- [{ table, row, fields }].
  places jsonb not null,
  tables text[] not null,
  ticked_at timestamptz,
  primary key (run_id, place),
  foreign key (run_id, child_place) references returns.check_child on delete cascade
);
create index on returns.check_finding (run_id, child_place);
create index on returns.check_finding (run_id, rule);

alter table returns.check_run enable row level security;
alter table returns.check_child enable row level security;
alter table returns.check_finding enable row level security;

-- ---------------------------------------------------------------------------------------------------------
-- Whose: one's own, while one sits there. Nobody else's, whatever their role.

create function returns.own_account() returns uuid
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (select s.account_id from access.live_session(current_setting('cairn.session', true)) s
           where 'A-PERF' = any (access.roles_of(s.account_id)) and access.is_active(s.account_id));

create function returns.own_checks() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(r.id), '{}') from returns.check_run r where r.account_id = returns.own_account());

create function returns.ask_check(in_secret text, in_asked jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  asked returns.check_run := jsonb_populate_record(null::returns.check_run, in_asked);
  made uuid;
begin
  perform returns.require_analyst(s);
  insert into returns.check_run (account_id, return, files, previous, lists, authority, year, ruleset)
  values (s.account_id, asked.return, asked.files, coalesce(asked.previous, '{}'), coalesce(asked.lists, '{}'), asked.authority, asked.year, asked.ruleset)
  returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', 'check of a return asked for', 'return', asked.return, 'check', made, 'files', cardinality(asked.files),
    'session', s.id, 'outcome', 'done'));
  return made;
end $$;

-- What leaves in bulk asks again who sits there, and is on the trail before the first line (design 5).
create function returns.note_check_download(in_secret text, in_run uuid, in_form text, in_correlation text default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  r returns.check_run := (select x from returns.check_run x where x.id = in_run and x.account_id = s.account_id);
begin
  perform returns.require_analyst(s);
  if r.id is null then
    raise exception 'This check is somebody else’s, or no longer there' using errcode = 'CA006';
  end if;
  if not coalesce(access.is_proven(in_secret), false) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', 'download', 'rule', 'check-of-return', 'purpose', 'statutory return', 'return', r.return, 'check', r.id, 'form', in_form,
    'resultCount', r.kept, 'session', s.id, 'correlation', in_correlation, 'outcome', 'allowed')));
end $$;

-- Dismissed: all of it goes at once. A job that is still at it finds nothing to fill.
create function returns.dismiss_check(in_secret text, in_run uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  delete from returns.check_run where id = in_run and account_id = s.account_id;
  if not found then
    return false;
  end if;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'check of a return dismissed', 'check', in_run,
    'session', s.id, 'outcome', 'done'));
  return true;
end $$;

-- Hourly: what is older than this goes, with all that was found.
create function returns.clear_checks(in_hours integer) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with gone as (
    delete from returns.check_run where coalesce(finished_at, asked_at) < clock_timestamp() - make_interval(hours => in_hours) returning id
  ) select count(*)::integer from gone;
$$;

-- Forgets what an earlier try of the same run found.
create function returns.empty_check(in_run uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  delete from returns.check_child where run_id = in_run and access.run_is_open();
$$;

revoke execute on all routines in schema returns from public;
do $$
declare
  of_table text;
begin
  call foundation.grant_to('app', 'select on table returns.check_run, returns.check_child, returns.check_finding');
  call foundation.grant_to('app', 'update (ticked_at) on table returns.check_finding');
  call foundation.grant_to('app', 'execute on function returns.ask_check(text, jsonb), returns.note_check_download(text, uuid, text, text), returns.dismiss_check(text, uuid), returns.own_account(), returns.own_checks()');
  call foundation.grant_to('jobs', 'select on table returns.check_run');
  call foundation.grant_to('jobs', 'update (state, finished_at, progress, children, findings, kept, children_found, rules, not_run, warnings, says, year, ruleset) on table returns.check_run');
  call foundation.grant_to('jobs', 'select, insert, update on table returns.check_child');
  call foundation.grant_to('jobs', 'select, insert on table returns.check_finding');
  call foundation.grant_to('jobs', 'execute on function returns.clear_checks(integer), returns.empty_check(uuid)');
  execute format('create policy own_reads on returns.check_run for select to %I using (account_id = (select returns.own_account()))', foundation.role_name('app'));
  -- Counts and words of the run itself are told while it goes on, outside of what it reads.
  execute format('create policy jobs_keep on returns.check_run for all to %I using (true) with check (true)', foundation.role_name('jobs'));
  foreach of_table in array array['check_child', 'check_finding'] loop
    execute format('create policy own_reads on returns.%I for select to %I using (run_id = any ((select returns.own_checks())::uuid[]))', of_table, foundation.role_name('app'));
    execute format('create policy jobs_write on returns.%I for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', of_table, foundation.role_name('jobs'));
  end loop;
  execute format('create policy own_ticks on returns.check_finding for update to %I using (run_id = any ((select returns.own_checks())::uuid[]))', foundation.role_name('app'));
end $$;
