-- The reconciliation of a load (docs/import.md): what its files said row by row, what the views of the dataset say of the
-- same, what the authority's own last returns say beside ours, how each difference was decided, and who signed.

create function importing.year_of(in_day date) returns text
  language sql immutable parallel safe
  return (select y || '-' || lpad(((y + 1) % 100)::text, 2, '0') from (select extract(year from in_day - interval '3 months')::integer as y) as began
           where in_day is not null);
comment on function importing.year_of is 'The year from 1 April that a day lies in: 2024-25.';

-- The rows of the files as a load read them: keys and the day of the table, no words. A later load of the table replaces them.
create table importing.load_row (
  run_id uuid not null references importing.run,
  source_table text not null,
  place integer not null,
  -- Place in the list of the run's files.
  file integer not null,
  line integer not null,
  source_id text,
  person_number text,
  person_id uuid,
  day date,
  outcome text not null check (outcome in ('loaded', 'warned', 'held'))
);
create index on importing.load_row (run_id, source_table);

-- One calculation of one part. The last one that is finished counts.
create table importing.reconciled (
  id uuid primary key default uuidv7(),
  run_id uuid not null references importing.run,
  part text not null check (part in ('tables', 'cin-census', 'ssda903')),
  -- Of a return: the year in which the collection ends, and how its files were called.
  period text not null default '' check (period ~ '^(20\d\d)?$'),
  files text[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'working', 'finished', 'unusable', 'failed')),
  asked_by uuid references access.account,
  asked_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  -- How far it is, while it is under way; why it ended, where it did not end well.
  says text,
  -- The run under which the record was read.
  trailed_as uuid,
  check ((part = 'tables') = (cardinality(files) = 0))
);
create index on importing.reconciled (run_id, part);

-- Counts side by side: of a table by year ('' is all years), of a return by module and code ('' is the module whole).
create table importing.reconciled_line (
  reconciled_id uuid not null references importing.reconciled on delete cascade,
  place integer not null,
  subject text not null,
  field text not null default '',
  code text not null default '',
  read integer not null,
  loaded integer not null,
  warned integer not null,
  held integer not null,
  ours integer not null,
  primary key (reconciled_id, subject, field, code)
);

create table importing.reconciled_difference (
  id uuid primary key default uuidv7(),
  reconciled_id uuid not null references importing.reconciled on delete cascade,
  place integer not null,
  subject text not null,
  kind text not null check (kind in ('held', 'missing', 'other-date', 'earlier-only', 'theirs-only', 'ours-only', 'differs')),
  field text not null default '',
  rows integer not null check (rows > 0),
  children integer not null,
  -- Of the rows: the same difference, calculated again, keeps what was said of it.
  digest bytea not null,
  decision text check (decision in ('explained', 'put-right')),
  words text,
  decided_by uuid references access.account,
  decided_at timestamptz,
  unique (reconciled_id, subject, kind, field),
  check ((decision is null) = (decided_at is null)),
  check (decision is distinct from 'explained' or coalesce(length(btrim(words)), 0) >= 3)
);
comment on table importing.reconciled_difference is 'Where source and record say different things, gathered by table or module and by what differs; its rows are reconciled_row.';

create table importing.reconciled_row (
  reconciled_id uuid not null references importing.reconciled on delete cascade,
  subject text not null,
  kind text not null,
  field text not null default '',
  -- The source's number of the child, and who that is here.
  child text,
  person_id uuid,
  row_key text,
  file text,
  line integer,
  -- Codes and days.
  theirs text,
  ours text
);
create index on importing.reconciled_row (reconciled_id, subject, kind, field);

create table importing.reconciliation_signature (
  id uuid primary key default uuidv7(),
  run_id uuid not null references importing.run,
  role text not null check (role in ('A-PERF', 'A-SM')),
  account_id uuid not null references access.account,
  signed_at timestamptz not null default clock_timestamp(),
  -- The calculations that were signed.
  parts uuid[] not null
);
create index on importing.reconciliation_signature (run_id);
comment on table importing.reconciliation_signature is 'Who signed a load off, as which role, and for which calculations. Void when one of them was made again, or another load came after it.';

-- ---------------------------------------------------------------------------------------------------------

create function importing.current_parts(in_run uuid) returns uuid[]
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(id order by part), '{}')
    from (select distinct on (part) id, part from importing.reconciled where run_id = in_run and state = 'finished' order by part, finished_at desc) latest
$$;

-- The load that came first after this one, whatever it brought: what was signed is no longer what is there.
create function importing.load_after(in_run uuid) returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select later.id from importing.run this join importing.run later
    on later.source in ('ssd', 'pack') and later.state = 'finished' and later.entered_at > this.entered_at
   where this.id = in_run order by later.entered_at limit 1
$$;

create function importing.ask_reconciliation(in_secret text, in_run uuid, in_part text, in_period text, in_files text[]) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
begin
  perform importing.require_analyst(s);
  if not exists (select from importing.run r where r.id = in_run and r.source = 'ssd' and r.state = 'finished') then
    raise exception 'Only a load that is over is reconciled';
  end if;
  insert into importing.reconciled (run_id, part, period, files, asked_by) values (in_run, in_part, in_period, in_files, s.account_id) returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'reconciliation asked for',
    'import', in_run, 'part', in_part, 'period', in_period, 'reconciliation', made, 'session', s.id, 'outcome', 'done'));
  return made;
end $$;

-- False when it is no longer of the last calculation.
create function importing.decide_difference(in_secret text, in_difference uuid, in_decision text, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  run uuid;
begin
  perform importing.require_analyst(s);
  update importing.reconciled_difference d set decision = in_decision, words = nullif(btrim(in_words), ''), decided_by = s.account_id, decided_at = clock_timestamp()
    from importing.reconciled r
   where d.id = in_difference and r.id = d.reconciled_id and r.id = any (importing.current_parts(r.run_id)) returning r.run_id into run;
  if not found then
    return false;
  end if;
  -- Whoever signed saw something else decided.
  delete from importing.reconciliation_signature where run_id = run and parts = importing.current_parts(run);
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'action', 'difference of a reconciliation decided', 'import', run,
    'difference', in_difference, 'decision', in_decision, 'reason', nullif(btrim(in_words), ''), 'session', s.id, 'outcome', 'done')));
  return true;
end $$;

-- Signs a load off as one of two roles. Returns what keeps it from being signed; null when it is.
create function importing.sign_reconciliation(in_secret text, in_run uuid, in_role text, in_shown uuid[]) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  calculated uuid[];
begin
  if in_role not in ('A-PERF', 'A-SM') or not (access.is_active(s.account_id) and in_role = any (access.roles_of(s.account_id))) then
    raise exception 'It is signed by an analyst and by a service manager' using errcode = 'CA006';
  end if;
  -- One signature after the other, and none beside a decision.
  perform from importing.run r where r.id = in_run for no key update;
  calculated := importing.current_parts(in_run);
  if importing.load_after(in_run) is not null then
    return 'later-load';
  elsif (select count(*) from importing.reconciled r where r.id = any (calculated)) < 3
        or exists (select from importing.reconciled r where r.run_id = in_run and r.state in ('waiting', 'working')) then
    return 'not-all';
  elsif calculated <> in_shown then
    return 'calculated-anew';
  elsif exists (select from importing.reconciled_difference d where d.reconciled_id = any (calculated) and d.decision is distinct from 'explained') then
    return 'undecided';
  elsif exists (select from importing.reconciliation_signature x where x.run_id = in_run and x.parts = calculated
                   and (x.role = in_role or x.account_id = s.account_id)) then
    return 'signed-already';
  end if;
  insert into importing.reconciliation_signature (run_id, role, account_id, parts) values (in_run, in_role, s.account_id, calculated);
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'load signed off',
    'import', in_run, 'as', in_role, 'session', s.id, 'outcome', 'done'));
  return null;
end $$;

alter table importing.load_row enable row level security;
alter table importing.reconciled_row enable row level security;
revoke execute on all routines in schema importing from public;
do $$
declare
  guarded text;
begin
  call foundation.grant_to('app', 'select on table importing.reconciled, importing.reconciled_line, importing.reconciled_difference, importing.reconciled_row, importing.reconciliation_signature');
  call foundation.grant_to('app', 'execute on function importing.current_parts(uuid), importing.load_after(uuid), importing.ask_reconciliation(text, uuid, text, text, text[]), importing.decide_difference(text, uuid, text, text), importing.sign_reconciliation(text, uuid, text, uuid[])');
  call foundation.grant_to('jobs', 'select, insert, delete on table importing.load_row, importing.reconciled_line, importing.reconciled_row');
  call foundation.grant_to('jobs', 'select, insert, update, delete on table importing.reconciled_difference');
  call foundation.grant_to('jobs', 'select, insert, update on table importing.reconciled');
  call foundation.grant_to('jobs', 'execute on function importing.year_of(date), importing.current_parts(uuid), importing.load_after(uuid)');
  execute format('create policy app_reads on importing.reconciled_row for select to %I using ((select importing.workspace_is_open()))', foundation.role_name('app'));
  foreach guarded in array array['load_row', 'reconciled_row'] loop
    execute format('create policy jobs_write on importing.%I for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', guarded, foundation.role_name('jobs'));
  end loop;
end $$;
