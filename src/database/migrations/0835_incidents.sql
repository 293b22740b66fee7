-- Incidents with personal information (governance B.14; N74 to N76): anybody who works here says that something went
-- wrong; safety first, then containment, risk, the regulator within 72 hours of becoming aware, the people themselves,
-- and what was learnt. Words of an incident may name people: nothing here is read but through functions that write the
-- trail first, by who reported it and by information governance.
create table governance.incident (
  id uuid primary key default uuidv7(),
  -- Said on the telephone and to the regulator; random, as it must not tell how many there were.
  reference text not null unique,
  reported_by uuid not null references access.account,
  reported_at timestamptz not null default clock_timestamp(),
  -- From when the 72 hours run, weekends too.
  aware_at timestamptz not null,
  kind text not null check (kind in ('wrong-person', 'wrong-address', 'seen', 'lost', 'stolen', 'published', 'changed', 'unavailable', 'other')),
  near_miss boolean not null,
  words text not null check (length(btrim(words)) >= 10),
  -- What may be in it that puts somebody in danger at once.
  dangers text[] not null default '{}' check (dangers <@ '{protected-address,adoptive-identity,informant,plan-to-alleged-perpetrator,witness}'::text[]),
  field_groups text[] not null default '{}',
  -- About how many people.
  people integer check (people >= 0),
  still_out text not null check (still_out in ('yes', 'no', 'not-known')),
  check (aware_at <= reported_at)
);
alter table governance.incident enable row level security;

create table governance.incident_step (
  id uuid primary key default uuidv7(),
  incident_id uuid not null references governance.incident,
  kind text not null check (kind in ('safety', 'containment', 'risk', 'regulator', 'told', 'not-told', 'partner', 'lesson', 'note', 'closed', 'reopened')),
  happened_at timestamptz not null,
  body jsonb not null,
  recorded_by uuid not null references access.account,
  recorded_at timestamptz not null default clock_timestamp(),
  check (happened_at <= recorded_at)
);
create index on governance.incident_step (incident_id, recorded_at);
alter table governance.incident_step enable row level security;
comment on table governance.incident_step is 'What was done about an incident, in order; never changed, only added to.';

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s', regexp_replace(says, 'ARRAY\[', 'ARRAY[''incident-reported''::text, '));
end $$;

create function governance.handles_incidents(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.is_active(in_account) and access.roles_of(in_account) && '{A-IG,A-DPO,A-CG}'::text[];

create function governance.report_incident(in_secret text, in_aware_at timestamptz, in_kind text, in_near_miss boolean, in_words text, in_dangers text[],
    in_groups text[], in_people integer, in_still_out text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  letters constant text := '23456789ABCDEFGHJKLMNPQRSTVWXYZ';
  given text;
  made uuid;
begin
  if not access.is_active(s.account_id) then
    raise exception 'Sign in again' using errcode = 'CA006';
  end if;
  loop
    given := 'I-' || (select string_agg(substr(letters, 1 + floor(random() * length(letters))::integer, 1), '') from generate_series(1, 6));
    exit when not exists (select from governance.incident i where i.reference = given);
  end loop;
  insert into governance.incident (reference, reported_by, aware_at, kind, near_miss, words, dangers, field_groups, people, still_out)
  values (given, s.account_id, in_aware_at, in_kind, in_near_miss, btrim(in_words), in_dangers, in_groups, in_people, in_still_out)
  returning id into made;
  perform access.tell(array_remove(access.holders('A-IG') || access.holders('A-DPO')
      || case when cardinality(in_dangers) > 0 then access.holders('A-SM') || access.managers_of(s.account_id) else '{}' end, s.account_id),
    'incident-reported', null, s.account_id, made);
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'incident reported', 'incident', made, 'outcome', 'done', 'session', s.id));
  return made;
end $$;

-- Incidents as somebody may read them: those they reported, or all for who handles them. Reading them is on the trail.
create function governance.incidents(in_secret text, in_id uuid default null) returns setof governance.incident
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  all_of_them boolean := governance.handles_incidents(s.account_id);
begin
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'action', 'incidents read', 'incident', in_id,
    'purpose', 'handling incidents', 'outcome', 'allowed', 'session', s.id)));
  return query select i.* from governance.incident i
    where (in_id is null or i.id = in_id) and (all_of_them or i.reported_by = s.account_id) order by i.aware_at desc, i.id desc;
end $$;

create function governance.incident_steps(in_secret text, in_incident uuid default null)
    returns table (id uuid, incident_id uuid, kind text, happened_at timestamptz, body jsonb, recorded_by uuid, name text, recorded_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
begin
  if not governance.handles_incidents(s.account_id) then
    return;
  end if;
  return query select t.id, t.incident_id, t.kind, t.happened_at, t.body, t.recorded_by, a.display_name, t.recorded_at
    from governance.incident_step t join access.account a on a.id = t.recorded_by
   where in_incident is null or t.incident_id = in_incident order by t.happened_at, t.id;
end $$;

create function governance.is_closed(in_incident uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return coalesce((select t.kind = 'closed' from governance.incident_step t
                    where t.incident_id = in_incident and t.kind in ('closed', 'reopened') order by t.recorded_at desc, t.id desc limit 1), false);

-- Adds a step. Closed, only reopening is; who reported it does not close it, nor does who alone judged its risk.
create function governance.add_incident_step(in_secret text, in_incident uuid, in_kind text, in_happened_at timestamptz, in_body jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  i governance.incident;
  made uuid;
begin
  if not governance.handles_incidents(s.account_id) then
    raise exception 'Incidents are handled by information governance' using errcode = 'CA006';
  end if;
  select x.* into i from governance.incident x where x.id = in_incident for update;
  if i.id is null or (in_kind = 'reopened') <> governance.is_closed(i.id) then
    return null;
  end if;
  if in_kind = 'closed' and (i.reported_by = s.account_id
       or not exists (select from governance.incident_step t where t.incident_id = i.id and t.kind = 'risk')
       or not exists (select from governance.incident_step t where t.incident_id = i.id and t.recorded_by <> s.account_id)) then
    return null;
  end if;
  insert into governance.incident_step (incident_id, kind, happened_at, body, recorded_by)
  values (i.id, in_kind, in_happened_at, in_body, s.account_id) returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'incident ' || in_kind, 'incident', i.id, 'outcome', 'done', 'session', s.id));
  return made;
end $$;

revoke execute on all routines in schema governance from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function governance.report_incident(text, timestamptz, text, boolean, text, text[], text[], integer, text), '
    || 'governance.incidents(text, uuid), governance.incident_steps(text, uuid), governance.add_incident_step(text, uuid, text, timestamptz, jsonb)');
end $$;
