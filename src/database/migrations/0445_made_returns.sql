-- Returns that were made: what was asked for and by whom, what came of it, its hash; and the files, for some weeks.

create schema returns;

create table returns.made (
  id uuid primary key default uuidv7(),
  return text not null check (return in ('cin-census')),
  -- As the DfE names it: 2024-25.
  collection text not null check (collection ~ '^20\d\d-\d\d$'),
  -- Everything as recorded, without the selection of the return: proof of what is held, not for sending.
  as_reported boolean not null default false,
  -- The moment whose knowledge it shows; empty: when it was made.
  known_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'making', 'ready', 'not-offered', 'failed')),
  asked_by uuid references access.account,
  asked_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  -- The run under which the record was read: its line on the trail names purpose and population.
  run_id uuid,
  -- How many files were made for this collection, this one counted; it stands in the file's header.
  serial integer check (serial > 0),
  file_name text,
  children integer not null default 0,
  size bigint,
  sha256 bytea check (length(sha256) = 32),
  -- Children looked after in the year of whom no referral is on record: the guide wants them, the file has no place.
  without_referral integer not null default 0,
  -- Departures from the schema of the collection.
  departures integer not null default 0,
  -- When the file itself was cleared away; this row stays.
  cleared_at timestamptz,
  -- Why it failed or is not offered, in one line.
  says text,
  unique (return, collection, serial),
  check ((state = 'ready') <= (sha256 is not null))
);
create index on returns.made (asked_at);
comment on table returns.made is 'Holds nobody’s data: names of returns, counts and hashes.';

create table returns.piece (
  made_id uuid not null references returns.made,
  place integer not null,
  bytes bytea not null,
  primary key (made_id, place)
);
comment on table returns.piece is 'The file, packed with gzip, in pieces.';

create table returns.departure (
  made_id uuid not null references returns.made,
  place integer not null,
  -- LAchildID; empty when it is about the whole file.
  child text,
  element text not null,
  what text not null,
  primary key (made_id, place)
);
comment on table returns.departure is 'Where a file departs from the schema: the first thousand.';

alter table returns.piece enable row level security;
alter table returns.departure enable row level security;

-- ---------------------------------------------------------------------------------------------------------
-- Making and taking a file is the analyst's work (governance E, A-PERF); managers see that it was done. Nobody reads a
-- file before that is on the trail.

create function returns.require_analyst(in_session access.session) returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not (access.is_active(in_session.account_id) and 'A-PERF' = any (access.roles_of(in_session.account_id))) then
    raise exception 'Returns are the analyst’s work' using errcode = 'CA006';
  end if;
end $$;

create function returns.ask(in_secret text, in_return text, in_collection text, in_as_reported boolean, in_known_at timestamptz) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
begin
  perform returns.require_analyst(s);
  insert into returns.made (return, collection, as_reported, known_at, asked_by)
  values (in_return, in_collection, in_as_reported, in_known_at, s.account_id) returning id into made;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', 'return asked for', 'return', in_return, 'collection', in_collection, 'asReported', nullif(in_as_reported, false),
    'knownAt', in_known_at, 'made', made, 'session', s.id, 'outcome', 'done')));
  return made;
end $$;

-- Opens one file, or what is wrong with it, for a short while: one line on the trail, with the hash of what leaves.
create function returns.open_file(in_secret text, in_made uuid, in_action text, in_correlation text default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  m returns.made := (select x from returns.made x where x.id = in_made);
begin
  perform returns.require_analyst(s);
  if in_action not in ('view', 'download') then
    raise exception 'A file is viewed or downloaded';
  end if;
  -- What leaves the system in bulk asks again who sits there (design 5).
  if in_action = 'download' and not coalesce(access.is_proven(in_secret), false) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
  perform access.keep_open(s.id, 'list', '{}', array[in_made::text], null, 'return-file', false, access.opening_ends());
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', in_action, 'rule', 'return-file', 'purpose', 'statutory return', 'return', m.return, 'collection', m.collection,
    'made', in_made, 'sha256', encode(m.sha256, 'hex'), 'resultCount', m.children, 'session', s.id, 'correlation', in_correlation, 'outcome', 'allowed')));
end $$;

create function returns.open_files() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct case when o.rule = 'return-file' then file::uuid end), '{}')
      from access.session s
      join access.opening o on o.session_id = s.id
     cross join unnest(o.groups) as file
     where s.secret_hash = sha256(convert_to(current_setting('cairn.session', true), 'UTF8'))
       and s.ended_at is null and s.locked_at is null
       and s.idle_until > clock_timestamp() and s.expires_at > clock_timestamp()
       and o.expires_at > clock_timestamp() and o.rule = 'return-file'
       and o.server_started = pg_postmaster_start_time()
       and o.opened_in is distinct from pg_current_xact_id_if_assigned());

-- A number of its own for each file of a collection. A file that is not offered gives its number back.
create function returns.take_serial(in_made uuid) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  m returns.made := (select x from returns.made x where x.id = in_made);
begin
  perform pg_advisory_xact_lock(hashtextextended('returns ' || m.return || ' ' || m.collection, 0));
  update returns.made set serial = 1 + coalesce((select max(x.serial) from returns.made x where x.return = m.return and x.collection = m.collection), 0)
   where id = in_made and serial is null;
  return (select x.serial from returns.made x where x.id = in_made);
end $$;

-- Nightly: files older than this go; what was made, by whom, and its hash stays.
create function returns.clear_old(in_days integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  cleared uuid[];
begin
  with old as (
    update returns.made set cleared_at = clock_timestamp()
     where cleared_at is null and finished_at < clock_timestamp() - make_interval(days => in_days)
    returning id
  ) select array_agg(id) into cleared from old;
  delete from returns.piece where made_id = any (cleared);
  delete from returns.departure where made_id = any (cleared);
  return coalesce(cardinality(cleared), 0);
end $$;

revoke execute on all routines in schema returns from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'usage on schema returns');
  end loop;
  call foundation.grant_to('app', 'select on table returns.made, returns.piece, returns.departure');
  call foundation.grant_to('app', 'execute on function returns.ask(text, text, text, boolean, timestamptz), returns.open_file(text, uuid, text, text), returns.open_files()');
  call foundation.grant_to('jobs', 'select, insert, update on table returns.made');
  call foundation.grant_to('jobs', 'select, insert, delete on table returns.piece, returns.departure');
  call foundation.grant_to('jobs', 'execute on function returns.take_serial(uuid), returns.clear_old(integer)');
  execute format('create policy app_reads on returns.piece for select to %I using (made_id = any ((select returns.open_files())::uuid[]))', foundation.role_name('app'));
  execute format('create policy app_reads on returns.departure for select to %I using (made_id = any ((select returns.open_files())::uuid[]))', foundation.role_name('app'));
  execute format('create policy jobs_write on returns.piece for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
  execute format('create policy jobs_write on returns.departure for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
