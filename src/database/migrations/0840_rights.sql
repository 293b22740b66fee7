-- Requests of people about their own information (governance B.4 to B.12, N82 to N95): whoever asks, in whatever way,
-- who they are and whether they may ask for the child, the clock, and what was decided. What stands here names people
-- who are not always in the record: nothing is read but through functions that write the trail first.
create schema rights;
comment on schema rights is 'Requests and complaints of people about their own information; no part of a child’s record.';

create table rights.request (
  id uuid primary key default uuidv7(),
  -- Said on the telephone and on paper; random.
  reference text not null unique,
  kind text not null check (kind in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdrawal', 'complaint', 'representation')),
  received_on date not null,
  channel text not null check (channel in ('form', 'worker', 'letter', 'e-mail', 'telephone')),
  -- Who asks, and how they are reached.
  asker text not null check (length(btrim(asker)) >= 2),
  asks_as text not null check (asks_as in ('self', 'young-person', 'parent', 'representative', 'other')),
  reach text not null check (length(btrim(reach)) >= 3),
  -- About whom, as they said it; and who that is, once somebody has found them.
  about text not null check (length(btrim(about)) >= 2),
  subject_id uuid references record.person,
  words text not null check (length(btrim(words)) >= 3),
  recorded_by uuid references access.account,
  recorded_at timestamptz not null default clock_timestamp(),
  check ((channel = 'form') = (recorded_by is null))
);
create index on rights.request (subject_id) where subject_id is not null;
alter table rights.request enable row level security;

create table rights.step (
  id uuid primary key default uuidv7(),
  request_id uuid not null references rights.request,
  kind text not null check (kind in ('acknowledged', 'id-asked', 'id-received', 'authority', 'competence', 'clarification-asked', 'clarification-received',
    'fee-asked', 'fee-paid', 'extended', 'subject', 'note', 'answered', 'closed', 'reopened')),
  on_day date not null,
  body jsonb not null,
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default clock_timestamp()
);
create index on rights.step (request_id, recorded_at);
alter table rights.step enable row level security;
comment on table rights.step is 'What was done about a request, in order; never changed, only added to.';

create function rights.handles(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.is_active(in_account) and access.roles_of(in_account) && '{A-IG,A-DPO}'::text[];

create function rights.add_request(in_kind text, in_received date, in_channel text, in_asker text, in_asks_as text, in_reach text, in_about text, in_words text,
    in_account uuid) returns rights.request
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  letters constant text := '23456789ABCDEFGHJKLMNPQRSTVWXYZ';
  given text;
  made rights.request;
begin
  loop
    given := 'R-' || (select string_agg(substr(letters, 1 + floor(random() * length(letters))::integer, 1), '') from generate_series(1, 8));
    exit when not exists (select from rights.request r where r.reference = given);
  end loop;
  insert into rights.request (reference, kind, received_on, channel, asker, asks_as, reach, about, words, recorded_by)
  values (given, in_kind, in_received, in_channel, btrim(in_asker), in_asks_as, btrim(in_reach), btrim(in_about), btrim(in_words), in_account)
  returning * into made;
  perform access.tell(array_remove(access.holders('A-IG') || access.holders('A-DPO'), in_account), 'right-asked', null, in_account, made.id);
  return made;
end $$;

-- From the public form: nobody is signed in, and nothing is told but the reference, whoever is or is not in the record.
create function rights.ask(in_kind text, in_asker text, in_asks_as text, in_reach text, in_about text, in_words text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made rights.request := rights.add_request(in_kind, (clock_timestamp() at time zone 'Europe/London')::date, 'form', in_asker, in_asks_as, in_reach, in_about, in_words, null);
begin
  perform audit.write(jsonb_build_object('action', 'right asked on the public form', 'request', made.id, 'outcome', 'done'));
  return made.reference;
end $$;

-- By anybody who works here, who was asked in whatever way: it may be a request although nobody calls it one.
create function rights.write_down(in_secret text, in_kind text, in_received date, in_channel text, in_asker text, in_asks_as text, in_reach text, in_about text,
    in_words text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made rights.request;
begin
  if not access.is_active(s.account_id) or in_channel = 'form' then
    raise exception 'Sign in again' using errcode = 'CA006';
  end if;
  made := rights.add_request(in_kind, in_received, in_channel, in_asker, in_asks_as, in_reach, in_about, in_words, s.account_id);
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'right asked', 'request', made.id, 'outcome', 'done', 'session', s.id));
  return made.id;
end $$;

create function rights.requests(in_secret text, in_id uuid default null) returns setof rights.request
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  all_of_them boolean := rights.handles(s.account_id);
begin
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'action', 'requests read', 'request', in_id,
    'purpose', 'rights of people over their information', 'outcome', 'allowed', 'session', s.id)));
  return query select r.* from rights.request r
    where (in_id is null or r.id = in_id) and (all_of_them or r.recorded_by = s.account_id) order by r.received_on desc, r.id desc;
end $$;

create function rights.steps(in_secret text, in_request uuid default null)
    returns table (id uuid, request_id uuid, kind text, on_day date, body jsonb, recorded_by uuid, name text, recorded_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
begin
  if not rights.handles(s.account_id) then
    return;
  end if;
  return query select t.id, t.request_id, t.kind, t.on_day, t.body, t.recorded_by, a.display_name, t.recorded_at
    from rights.step t join access.account a on a.id = t.recorded_by
   where in_request is null or t.request_id = in_request order by t.on_day, t.id;
end $$;

create function rights.is_closed(in_request uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return coalesce((select t.kind = 'closed' from rights.step t
                    where t.request_id = in_request and t.kind in ('closed', 'reopened') order by t.recorded_at desc, t.id desc limit 1), false);

-- Adds a step; null where it may not be taken now. Nothing is closed without an answer.
create function rights.add_step(in_secret text, in_request uuid, in_kind text, in_on date, in_body jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  r rights.request;
  made uuid;
begin
  if not rights.handles(s.account_id) then
    raise exception 'Requests are handled by information governance' using errcode = 'CA006';
  end if;
  select x.* into r from rights.request x where x.id = in_request for update;
  if r.id is null or (in_kind = 'reopened') <> rights.is_closed(r.id) or in_on < r.received_on
     or in_kind = 'closed' and not exists (select from rights.step t where t.request_id = r.id and t.kind = 'answered') then
    return null;
  end if;
  insert into rights.step (request_id, kind, on_day, body, recorded_by) values (r.id, in_kind, in_on, in_body, s.account_id) returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'request ' || in_kind, 'request', r.id, 'outcome', 'done', 'session', s.id));
  return made;
end $$;

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s', regexp_replace(says, 'ARRAY\[', 'ARRAY[''right-asked''::text, '));
end $$;

revoke execute on all routines in schema rights from public;
do $$
begin
  call foundation.grant_to('app', 'usage on schema rights');
  call foundation.grant_to('app', 'execute on function rights.ask(text, text, text, text, text, text), '
    || 'rights.write_down(text, text, date, text, text, text, text, text, text), rights.requests(text, uuid), rights.steps(text, uuid), '
    || 'rights.add_step(text, uuid, text, date, jsonb)');
end $$;
