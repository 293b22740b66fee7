-- Imports: what was asked for and what came of it, which file states which fact, and what the record could not accept.
-- Entering itself is src/importing/entering.ts, as the role for background work.

create table importing.run (
  id uuid primary key default uuidv7(),
  source text not null check (source in ('cin-census', 'ssda903', 'people')),
  -- The year in which the collection ends; empty for what has no period.
  period text not null default '' check (period ~ '^(20\d\d)?$'),
  files text[] not null check (cardinality(files) > 0),
  -- When the other system made the file, where the file says so.
  made_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'reading', 'entering', 'finished', 'unusable', 'failed')),
  asked_by uuid references access.account,
  asked_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  -- The moment under which the record keeps its facts: that of the one transaction that entered them.
  entered_at timestamptz,
  children integer,
  done integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  withdrawn integer not null default 0,
  -- Children of an earlier file of the same return and period that this one does not have: left as they are.
  absent integer not null default 0,
  problems integer not null default 0,
  by_table jsonb not null default '{}',
  warnings jsonb not null default '[]',
  -- Why it is unusable or failed, in one line.
  says text,
  -- Set for what a person put right on the problems page and had tried again: no import of its own.
  of_problem uuid
);
create index on importing.run (asked_by, asked_at);
comment on table importing.run is 'One import: holds nobody’s data, only names of files and counts.';

-- Which file last said a fact. A fact is withdrawn when the file that alone stated it is replaced by one that does not.
-- A row for each fact of each return: no foreign keys, which would be looked up a million times in one import.
create table importing.statement (
  fact_id uuid not null,
  person_id uuid not null,
  source text not null,
  period text not null,
  run_id uuid not null,
  -- Of what was said: the same again needs no second look.
  digest bytea not null,
  primary key (fact_id, source, period)
);
create index on importing.statement (person_id);

create table importing.problem (
  id uuid primary key default uuidv7(),
  run_id uuid not null references importing.run,
  source text not null,
  period text not null,
  file text not null,
  line integer,
  -- As the file calls the child, and who that is where the record knows.
  child text,
  person_id uuid,
  -- The table of the return.
  table_name text not null,
  -- The rows as they stood: [{ table, line, kind: held | above | below | whole, values: { column: text } }].
  rows jsonb not null,
  reason text not null,
  digest bytea not null,
  state text not null default 'open' check (state in ('open', 'retrying', 'mended', 'dismissed', 'replaced')),
  found_at timestamptz not null default clock_timestamp(),
  decided_by uuid references access.account,
  decided_at timestamptz,
  words text,
  check (state <> 'dismissed' or length(btrim(words)) >= 3),
  unique (source, period, digest)
);
alter table importing.run add foreign key (of_problem) references importing.problem;
create index on importing.problem (run_id);
create index on importing.problem (state, found_at);
create index on importing.problem (source, period, child);
comment on table importing.problem is 'What the record could not accept, neither dropped nor mended: kept until it is put right, dismissed with a reason, or no longer in a newer file.';

-- ---------------------------------------------------------------------------------------------------------
-- Who may: the analyst imports, and cleans returns in a workspace of its own (governance E, A-PERF). Opening it is on
-- the trail before the first problem can be read.

create function importing.require_analyst(in_session access.session) returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not (access.is_active(in_session.account_id) and 'A-PERF' = any (access.roles_of(in_session.account_id))) then
    raise exception 'Imports are the analyst’s work' using errcode = 'CA006';
  end if;
end $$;

create function importing.ask(in_secret text, in_source text, in_period text, in_files text[]) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
begin
  perform importing.require_analyst(s);
  insert into importing.run (source, period, files, asked_by) values (in_source, in_period, in_files, s.account_id) returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'import asked for',
    'import', made, 'source', in_source, 'period', in_period, 'session', s.id, 'outcome', 'done'));
  return made;
end $$;

create function importing.open_workspace(in_secret text, in_correlation text default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  perform importing.require_analyst(s);
  perform access.keep_open(s.id, 'list', '{}', '{import-problems}', null, 'import-problems', false, access.opening_ends());
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', 'list', 'rule', 'import-problems', 'purpose', 'cleaning of returns', 'session', s.id, 'correlation', in_correlation, 'outcome', 'allowed')));
end $$;

create function importing.workspace_is_open() returns boolean
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return exists (
    select from access.session s
      join access.opening o on o.session_id = s.id
     where s.secret_hash = sha256(convert_to(current_setting('cairn.session', true), 'UTF8'))
       and s.ended_at is null and s.locked_at is null
       and s.idle_until > clock_timestamp() and s.expires_at > clock_timestamp()
       and o.expires_at > clock_timestamp() and o.rule = 'import-problems'
       and o.server_started = pg_postmaster_start_time()
       and o.opened_in is distinct from pg_current_xact_id_if_assigned());

-- Puts a problem's rows right; a job tries them. False when somebody decided it meanwhile.
create function importing.put_right(in_secret text, in_problem uuid, in_rows jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  who uuid;
begin
  perform importing.require_analyst(s);
  update importing.problem set rows = in_rows, state = 'retrying', decided_by = s.account_id, decided_at = clock_timestamp()
   where id = in_problem and state in ('open', 'dismissed') returning person_id into who;
  if not found then
    return false;
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', who, 'action', 'import problem put right',
    'problem', in_problem, 'session', s.id, 'outcome', 'done')));
  return true;
end $$;

create function importing.dismiss(in_secret text, in_problem uuid, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  who uuid;
begin
  perform importing.require_analyst(s);
  update importing.problem set state = 'dismissed', words = btrim(in_words), decided_by = s.account_id, decided_at = clock_timestamp()
   where id = in_problem and state = 'open' returning person_id into who;
  if not found then
    return false;
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', who, 'action', 'import problem dismissed',
    'problem', in_problem, 'reason', in_words, 'session', s.id, 'outcome', 'done')));
  return true;
end $$;

-- How many problems of each run are open: a count is nobody's data.
create function importing.open_problems() returns table (run_id uuid, open bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.run_id, count(*) from importing.problem p where p.state in ('open', 'retrying') group by p.run_id
$$;

-- ---------------------------------------------------------------------------------------------------------
-- Entering rows of which some cannot be kept: half of the children, half of those that fail, and at last row by row.
-- Runs as whoever calls it.

-- in_children: of each child its rows, [{ row, place }]. Returns the places of the rows that the record refused, with
-- the state and what refused them.
create function importing.sift(in_statement text, in_children jsonb[], out place integer, out state text, out refused_by text)
  returns setof record
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  half integer := cardinality(in_children) / 2;
  one jsonb;
begin
  begin
    execute in_statement using (select jsonb_agg(e.value -> 'row' order by c.n, e.n)
      from unnest(in_children) with ordinality c (rows, n) cross join jsonb_array_elements(c.rows) with ordinality e (value, n));
    return;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics state = returned_sqlstate, refused_by = constraint_name;
  end;
  if half > 0 then
    return query select * from importing.sift(in_statement, in_children[:half]);
    return query select * from importing.sift(in_statement, in_children[half + 1:]);
  elsif jsonb_array_length(in_children[1]) > 1 then
    for one in select value from jsonb_array_elements(in_children[1]) loop
      return query select * from importing.sift(in_statement, array[jsonb_build_array(one)]);
    end loop;
  else
    place := in_children[1] -> 0 ->> 'place';
    return next;
  end if;
end $$;

-- in_do: insert, update or delete. Places count from 1.
create function importing.enter_sifting(in_do text, in_table name, in_columns name[], in_rows jsonb,
    out place integer, out state text, out refused_by text) returns setof record
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  listed text := (select string_agg(quote_ident(c), ', ') from unnest(in_columns) as c);
  setting text := (select string_agg(format('%1$I = s.%1$I', c), ', ') from unnest(in_columns) as c);
begin
  return query select * from importing.sift(
    case in_do
      when 'insert' then format('insert into record.%1$I (%2$s) select %2$s from jsonb_populate_recordset(null::record.%1$I, $1)', in_table, listed)
      when 'update' then format('update record.%1$I t set %2$s from jsonb_populate_recordset(null::record.%1$I, $1) s where t.id = s.id', in_table, setting)
      when 'delete' then format('delete from record.%1$I t using jsonb_populate_recordset(null::record.%1$I, $1) s where t.id = s.id', in_table)
    end,
    (select array_agg(c.rows) from (
      select jsonb_agg(jsonb_build_object('row', r.value, 'place', r.n) order by r.n) as rows
        from jsonb_array_elements(in_rows) with ordinality r (value, n) group by coalesce(r.value ->> 'person_id', r.value ->> 'id')) c));
end $$;

-- ---------------------------------------------------------------------------------------------------------

alter table importing.statement enable row level security;
alter table importing.problem enable row level security;
revoke execute on all routines in schema importing from public;
do $$
begin
  call foundation.grant_to('app', 'select on table importing.run, importing.problem');
  call foundation.grant_to('app', 'execute on function importing.ask(text, text, text, text[]), importing.open_workspace(text, text), importing.workspace_is_open(), importing.put_right(text, uuid, jsonb), importing.dismiss(text, uuid, text), importing.open_problems()');
  call foundation.grant_to('jobs', 'select, insert, update on table importing.run, importing.problem');
  call foundation.grant_to('jobs', 'select, insert, update, delete on table importing.statement');
  call foundation.grant_to('jobs', 'execute on function importing.sift(text, jsonb[]), importing.enter_sifting(text, name, name[], jsonb), importing.open_problems()');
  execute format('create policy app_reads on importing.problem for select to %I using ((select importing.workspace_is_open()))', foundation.role_name('app'));
  execute format('create policy jobs_write on importing.problem for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
  execute format('create policy jobs_write on importing.statement for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
