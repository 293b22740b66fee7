-- CP-IS: what the NHS has been told of child protection plans and children looked after, and what it told us. The words of
-- the messages are src/sharing/cp-is; here stand what was told of whom, the files as they left, and what came.

create schema cpis;
comment on schema cpis is 'The exchange with the NHS’s Child Protection Information Sharing: files sent, messages received, its state.';
do $$
begin
  call foundation.grant_to('app', 'usage on schema cpis');
  call foundation.grant_to('jobs', 'usage on schema cpis');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- NHS numbers: whether they were traced, by whom and on what evidence. The number itself is in person_identifier.

create table record.nhs_number_trace (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  nhs_number text not null check (nhs_number ~ '^\d{10}$'),
  status text not null check (status in ('verified', 'not-matched', 'inactive', 'superseded', 'sensitive')),
  traced_on date not null default current_date,
  method text not null check (method in ('pds', 'batch', 'health-professional', 'document', 'cp-is')),
  evidence text
);
create index on record.nhs_number_trace (person_id);
comment on table record.nhs_number_trace is
  'What tracing said of an NHS number of this person; the latest of a number counts. Verified: number, name and date of birth agree.';
call foundation.keep('record.nhs_number_trace', 'F05', $$
  nhs_number | F05 | ordinary | with record | yes
  status     | F05 | ordinary | with record | yes
  traced_on  | F05 | ordinary | with record | yes
  method     | F05 | ordinary | with record | yes
  evidence   | F05 | ordinary | with record | yes
$$);

-- ---------------------------------------------------------------------------------------------------------
-- Alerts: one plan under one number, as it was told and as the NHS acknowledged it.

create table record.cpis_alert (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  plan_type text not null check (plan_type in ('CPP', 'LAC', 'UCP')),
  nhs_number text not null check (nhs_number ~ '^\d{10}$'),
  plan_start text not null check (plan_start ~ '^\d{12}$'),
  source_id uuid not null,
  state text not null check (state in ('sent', 'live', 'ended', 'deleted', 'rejected', 'cannot-share', 'uncertain', 'closed')),
  state_since timestamptz not null default clock_timestamp(),
  sent jsonb not null,
  acknowledged jsonb,
  acknowledged_at timestamptz,
  delete_on text check (delete_on ~ '^\d{12}$'),
  sequence bigint not null,
  code text,
  detail jsonb,
  in_doubt boolean not null default false,
  field_group text not null generated always as (case plan_type when 'LAC' then 'F10' else 'F09' end) stored,
  unique (person_id, nhs_number, plan_type, plan_start)
);
create index on record.cpis_alert (nhs_number);
create index on record.cpis_alert (sequence) where state = 'sent';
comment on table record.cpis_alert is
  'What the NHS holds of a child’s plans, as far as it has said so: for the plan of an unborn child, against its mother’s number.';
call foundation.keep('record.cpis_alert', 'column:field_group', $$
  plan_type       | F09 | special  | R-CPIS-01 | yes
  nhs_number      | F05 | ordinary | R-CPIS-01 | that of the mother where the child was not born
  plan_start      | F09 | special  | R-CPIS-01 | yes
  source_id       | F09 | ordinary | R-CPIS-01 | says where the fact stands
  state           | F09 | special  | R-CPIS-01 | yes
  state_since     | F09 | ordinary | R-CPIS-01 | yes
  sent            | F09 | special  | R-CPIS-01 | the facts themselves are in the bundle; that of a mother is hers
  acknowledged    | F09 | special  | R-CPIS-01 | the facts themselves are in the bundle; that of a mother is hers
  acknowledged_at | F09 | ordinary | R-CPIS-01 | yes
  delete_on       | F09 | special  | R-CPIS-01 | yes
  sequence        | F09 | ordinary | R-CPIS-01 | says by which file it went
  code            | F09 | ordinary | R-CPIS-01 | yes
  detail          | F09 | ordinary | R-CPIS-01 | yes
  in_doubt        | F09 | ordinary | R-CPIS-01 | how the exchange stands
  field_group     | F09 | ordinary | R-CPIS-01 | says which part of the record the row belongs to
$$);

-- That the NHS should delete an alert is asked by one person and decided by another.
create table record.cpis_deletion (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  cpis_alert_id uuid not null references record.cpis_alert,
  reason text not null check (length(btrim(reason)) >= 10),
  asked_by uuid not null references access.account,
  asked_at timestamptz not null default clock_timestamp(),
  outcome text check (outcome in ('approved', 'refused')),
  decided_by uuid references access.account,
  decided_at timestamptz,
  words text,
  field_group text not null,
  check (decided_by <> asked_by),
  check ((outcome is null) = (decided_by is null) and (outcome is null) = (decided_at is null))
);
create index on record.cpis_deletion (person_id);
create unique index on record.cpis_deletion (cpis_alert_id) where outcome is null;
comment on table record.cpis_deletion is 'Asked that the NHS deletes an alert which should never have been there; a second person decides.';
call foundation.keep('record.cpis_deletion', 'column:field_group', $$
  cpis_alert_id | F09 | ordinary | R-CPIS-01 | says of which alert
  reason        | F09 | special  | R-CPIS-01 | yes
  asked_by      | F26 | ordinary | R-CPIS-01 | yes
  asked_at      | F09 | ordinary | R-CPIS-01 | yes
  outcome       | F09 | ordinary | R-CPIS-01 | yes
  decided_by    | F26 | ordinary | R-CPIS-01 | yes
  decided_at    | F09 | ordinary | R-CPIS-01 | yes
  words         | F09 | special  | R-CPIS-01 | yes
  field_group   | F09 | ordinary | R-CPIS-01 | says which part of the record the row belongs to
$$);

-- ---------------------------------------------------------------------------------------------------------
-- What the NHS told us of a person.

create table record.nhs_viewing (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text not null,
  viewed_on date not null,
  viewed_at timestamptz not null,
  who text,
  role text,
  organisation text,
  organisation_code text,
  by_system boolean not null default false,
  of_mother boolean not null default false,
  matched_by text not null check (matched_by in ('local-id', 'number', 'former-number', 'by-hand')),
  upload_sequence text,
  outcome text check (outcome in ('expected', 'contacted-health', 'added-to-plan', 'strategy-considered', 'no-action')),
  outcome_words text,
  outcome_by uuid references access.account,
  outcome_on date,
  unique (person_id, natural_key)
);
comment on table record.nhs_viewing is
  'Somebody in an unscheduled health setting read what CP-IS holds of this child (or of its mother, before the birth). natural_key: the NHS’s id of the look. It says neither that the child was there nor why.';
call foundation.keep('record.nhs_viewing', 'F11', $$
  viewed_on         | F11 | special  | R-CPIS-01 | yes
  viewed_at         | F11 | special  | R-CPIS-01 | yes
  who               | F11 | ordinary | R-CPIS-01 | yes
  role              | F11 | ordinary | R-CPIS-01 | yes
  organisation      | F11 | special  | R-CPIS-01 | yes
  organisation_code | F11 | ordinary | R-CPIS-01 | yes
  by_system         | F11 | ordinary | R-CPIS-01 | yes
  of_mother         | F11 | ordinary | R-CPIS-01 | yes
  matched_by        | F11 | ordinary | R-CPIS-01 | yes
  upload_sequence   | F11 | ordinary | R-CPIS-01 | says by which file the NHS knew the child
  outcome           | F11 | special  | R-CPIS-01 | yes
  outcome_words     | F11 | special  | R-CPIS-01 | yes
  outcome_by        | F26 | ordinary | R-CPIS-01 | yes
  outcome_on        | F11 | ordinary | R-CPIS-01 | yes
$$);
call foundation.tells('record.nhs_viewing', 'viewed_on', 'nhs-record-viewed', 'viewed_at');

create table record.nhs_number_ended (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text not null,
  nhs_number text not null check (nhs_number ~ '^\d{10}$'),
  replacements text[] not null default '{}',
  told_on date not null,
  unique (person_id, natural_key)
);
comment on table record.nhs_number_ended is 'The NHS says that a number is no longer used, and by which it was replaced, if it says so. Nobody chooses among several by themselves.';
call foundation.keep('record.nhs_number_ended', 'F05', $$
  nhs_number   | F05 | ordinary | R-CPIS-01 | yes
  replacements | F05 | ordinary | R-CPIS-01 | after an adoption the new number is nobody’s to tell; decided at release
  told_on      | F05 | ordinary | R-CPIS-01 | yes
$$);
call foundation.tells('record.nhs_number_ended', 'told_on', 'nhs-number-ended');
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.cpis_alert, record.cpis_deletion, record.nhs_number_ended');
  call foundation.revoke_from('app', 'insert on table record.nhs_viewing');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- The exchange itself.

create table cpis.exchange (
  singleton boolean primary key default true check (singleton),
  -- Nothing is heard before: a first full comparison tells what there is.
  on_since timestamptz,
  last_sequence bigint not null default 0,
  handshake_at timestamptz,
  polled_at timestamptz,
  answered_at timestamptz,
  compared_at timestamptz,
  differences integer,
  -- Not let in, or refused as such: nothing is sent until a person has looked.
  stopped_at timestamptz,
  stopped_because text,
  trouble_at timestamptz,
  trouble text,
  trouble_count integer not null default 0,
  certificate_until date
);
insert into cpis.exchange default values;

create table cpis.file (
  sequence bigint primary key,
  sealed_at timestamptz not null default clock_timestamp(),
  body bytea not null,
  sha256 bytea not null generated always as (sha256(body)) stored,
  records integer not null,
  state text not null default 'sealed' check (state in ('sealed', 'sending', 'accepted', 'answered', 'failed', 'undelivered', 'refused', 'overdue')),
  attempts integer not null default 0,
  local_id text,
  message_id text,
  accepted_at timestamptz,
  answered_at timestamptz,
  answer_sha256 bytea,
  code text
);
comment on table cpis.file is 'Files as they left, byte for byte. One is on its way at a time, so that what is told of a child keeps its order.';
create unique index cpis_one_file_in_flight on cpis.file ((true)) where state in ('sealed', 'sending', 'accepted');

create table cpis.file_record (
  sequence bigint not null references cpis.file,
  place integer not null,
  nhs_number text not null,
  alerts uuid[] not null,
  code text,
  primary key (sequence, place)
);

create table cpis.received (
  id text primary key,
  received_at timestamptz not null default clock_timestamp(),
  workflow_id text,
  message_type text,
  headers jsonb not null,
  body bytea not null,
  sha256 bytea not null generated always as (sha256(body)) stored,
  acknowledged_at timestamptz,
  kind text,
  processed_at timestamptz,
  says text
);
create index on cpis.received (received_at) where processed_at is null;
create index on cpis.received (received_at) where acknowledged_at is null;
comment on table cpis.received is 'What came, kept before MESH is told that it was taken, and worked through after.';

create table cpis.unmatched (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('viewing', 'number-ended', 'unreadable', 'answer')),
  received_id text not null references cpis.received,
  natural_key text not null,
  said jsonb not null,
  made_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  settled_by uuid references access.account,
  person_id uuid references record.person,
  words text,
  unique (kind, natural_key)
);
comment on table cpis.unmatched is 'What the NHS told of somebody whom we do not find, or in a way we cannot read: a person looks.';
do $$
declare
  of_table text;
begin
  foreach of_table in array array['file', 'file_record', 'received', 'unmatched'] loop
    execute format('alter table cpis.%I enable row level security', of_table);
    execute format('create policy jobs_in_runs on cpis.%I for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', of_table, foundation.role_name('jobs'));
    call foundation.grant_to('jobs', format('select, insert, update on table cpis.%I', of_table));
  end loop;
  call foundation.grant_to('jobs', 'select, update on table cpis.exchange');
  call foundation.grant_to('app', 'select on table cpis.exchange');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Hearing. A change of anything that an alert is worked out of puts a message into the outbox, in the same transaction.

-- A person under every id.
create function cpis.ids_of(in_person uuid) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return access.with_aliases(array[in_person]);
end $$;

-- The children whom a change of these people may concern: themselves, and the children of a mother.
create function cpis.concerned(in_people uuid[]) returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  whole uuid[] := in_people;
begin
  if exists (select from record.person_alias) then
    whole := access.with_aliases(in_people);
  end if;
  whole := whole || array(
    select r.person_id from record.relationship r where r.kind = 'mother' and r.other_person_id = any (whole)
    union
    select r.other_person_id from record.relationship r where r.kind = 'child' and r.person_id = any (whole));
  -- Twins before their birth share one alert, their mother’s: what is said of one is said of both.
  whole := whole || array(
    select t.person_id
      from record.relationship mine
      join record.relationship t on t.other_person_id = mine.other_person_id and t.kind = 'mother' and t.person_id <> mine.person_id
      join record.child_protection_plan p on p.person_id = mine.person_id
      join record.child_protection_plan its on its.person_id = t.person_id and its.cp_plan_start_date = p.cp_plan_start_date
     where mine.kind = 'mother' and mine.person_id = any (whole));
  whole := array(
    select distinct p from unnest(whole) as p
     where exists (select from record.child_protection_plan c where c.person_id = p)
        or exists (select from record.period_of_care c where c.person_id = p)
        or exists (select from record.cpis_alert a where a.person_id = p));
  return query select distinct l.leader from foundation.leaders(whole) l;
end $$;

create function cpis.hear() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- Of a relationship, both ends; of two records of one person, both.
  subjects text := case tg_table_name when 'relationship' then 'array[r.person_id, r.other_person_id]' when 'person_alias' then 'array[r.person_id, r.same_as]'
                     when 'person' then 'array[r.id]' else 'array[r.person_id]' end;
  rows text := case tg_op when 'INSERT' then 'select * from new_rows' when 'DELETE' then 'select * from old_rows'
                          else 'select * from new_rows union all select * from old_rows' end;
  touched uuid[];
  child uuid;
begin
  if not exists (select from cpis.exchange x where x.on_since is not null) then
    return null;
  end if;
  execute format('select array(select distinct one from (%s) r cross join unnest(%s) as one where one is not null)', rows, subjects) into touched;
  if cardinality(touched) = 0 then
    return null;
  end if;
  for child in select * from cpis.concerned(touched) loop
    perform outbox.put('cp-is', child, 'record-changed',
                       format('cp-is %s %s %s', child, pg_current_xact_id(), extract(epoch from transaction_timestamp())),
                       in_wake => session_user = foundation.role_name('app'));
  end loop;
  return null;
end $$;

do $$
declare
  of_table text;
begin
  foreach of_table in array array['person', 'person_name', 'person_identifier', 'person_alias', 'relationship', 'child_protection_plan',
      'period_of_care', 'legal_status', 'nhs_number_trace'] loop
    execute format('create trigger cpis_hears_added after insert on record.%I referencing new table as new_rows for each statement execute function cpis.hear()', of_table);
    execute format('create trigger cpis_hears_changed after update on record.%I referencing old table as old_rows new table as new_rows for each statement execute function cpis.hear()', of_table);
    execute format('create trigger cpis_hears_removed after delete on record.%I referencing old table as old_rows for each statement execute function cpis.hear()', of_table);
  end loop;
end $$;

-- Whose alerts a full comparison looks at: plans and care of the last years, and whatever was told and is not closed.
create function cpis.to_compare(in_after uuid, in_most integer) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select distinct coalesce(c.same_as, c.person_id) as leader
      from (select p.person_id from record.child_protection_plan p where p.cp_plan_end_date is null or p.cp_plan_end_date > current_date - 400
            union select p.person_id from record.period_of_care p where p.end_date is null or p.end_date > current_date - 400
            union select a.person_id from record.cpis_alert a where a.state not in ('closed', 'deleted')) one
      join record.index_card c on c.person_id = one.person_id
     where in_after is null or coalesce(c.same_as, c.person_id) > in_after
     order by 1 limit in_most);
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Who is told of what came. The workers of a child, its managers; where nobody works with it, who is on duty.

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''nhs-record-viewed''::text, ''nhs-number-ended''::text, ''nhs-alert-to-decide''::text, '));
end $$;

create function cpis.answerable_for(in_person uuid) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  people uuid[] := access.alias_set(in_person);
  told uuid[] := access.workers_of(people);
begin
  if cardinality(told) = 0 then
    told := array(select d.account_id from access.duty d where d.team_id = any (access.teams_with(people)) and d.during @> now() and access.is_active(d.account_id));
  end if;
  told := told || access.managers_over(people);
  if cardinality(told) = 0 then
    -- The team that last worked with them; else whoever is at the front door.
    told := array(select m.account_id from record.involvement i join access.membership m on m.team_id = i.team_id
                    join access.account_role r on r.account_id = m.account_id and r.role = 'A-TM'
                   where i.person_id = any (people) and i.to_day > current_date - 400 and access.is_active(m.account_id)
                     and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date));
  end if;
  if cardinality(told) = 0 then
    told := access.holders('A-DUTY');
  end if;
  return array(select distinct one from unnest(told) as one);
end $$;

-- Looks of one day are one thing to see to: a second within 24 hours of the first says nothing new to nobody.
create function cpis.tell_of_viewing(in_viewing uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v record.nhs_viewing := (select x from record.nhs_viewing x where x.id = in_viewing);
  first uuid := (select x.id from record.nhs_viewing x where x.person_id = v.person_id and x.viewed_at between v.viewed_at - interval '24 hours' and v.viewed_at
                  order by x.viewed_at, x.id limit 1);
  told uuid[] := cpis.answerable_for(v.person_id);
begin
  perform access.tell(told, 'nhs-record-viewed', v.person_id, null, first);
  return cardinality(told);
end $$;

-- After an adoption only the adoption worker hears of the old number.
create function cpis.tell_of_number(in_ended uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  e record.nhs_number_ended := (select x from record.nhs_number_ended x where x.id = in_ended);
  adopted boolean := exists (select from record.period_of_care p where p.person_id = any (access.alias_set(e.person_id)) and p.end_reason in ('E11', 'E12'));
begin
  perform access.tell(case when adopted
      then array(select w.account_id from access.works_with w where w.person_id = any (access.alias_set(e.person_id)) and w.kind = 'adoption-worker' and w.account_id is not null)
      else cpis.answerable_for(e.person_id) end,
    'nhs-number-ended', e.person_id, null, e.id);
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Deleting what should never have been told: one person asks, another decides.

-- Only what the record has no reason for, or whose end the NHS refuses: deleted otherwise, it would be told again at once.
create function cpis.may_be_deleted(in_alert uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (
    select from record.cpis_alert a
     where a.id = in_alert and a.acknowledged is not null and a.state not in ('closed', 'deleted') and a.delete_on is null
       and (a.state = 'rejected'
            or not exists (select from record.child_protection_plan p where p.id = a.source_id and p.cp_plan_ola is not true
                           union all select from record.period_of_care c where c.id = a.source_id)
            or not exists (select from record.person_identifier i where i.kind = 'nhs-number' and i.value = a.nhs_number and (i.to_day is null or i.to_day > current_date))));

create function cpis.ask_to_delete(in_alert uuid, in_reason text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a record.cpis_alert := (select x from record.cpis_alert x where x.id = in_alert);
  me uuid := access.recorder();
  made uuid;
begin
  if me is null or a.id is null or not a.person_id = any (access.writable_ids(a.field_group)) or not cpis.may_be_deleted(a.id) then
    return null;
  end if;
  insert into record.cpis_deletion (person_id, cpis_alert_id, reason, asked_by, field_group, recorded_by)
  values (a.person_id, a.id, btrim(in_reason), me, a.field_group, me)
  on conflict do nothing returning id into made;
  if made is not null then
    perform access.tell(array_remove(access.managers_over(access.alias_set(a.person_id)) || access.holders('A-SM'), me), 'nhs-alert-to-decide', a.person_id, me, made);
  end if;
  return made;
end $$;

create function cpis.decide_deletion(in_deletion uuid, in_outcome text, in_words text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d record.cpis_deletion := (select x from record.cpis_deletion x where x.id = in_deletion for update);
  me uuid := access.recorder();
begin
  if me is null or d.id is null or d.outcome is not null or not d.person_id = any (access.writable_ids(d.field_group)) then
    return 'not-there';
  end if;
  -- Nobody decides about what they asked themselves (T13).
  if d.asked_by = me then
    return 'asked-yourself';
  end if;
  if not access.roles_of(me) && '{A-TM,A-SM}'::text[] then
    return 'not-yours-to-decide';
  end if;
  update record.cpis_deletion set outcome = in_outcome, decided_by = me, decided_at = clock_timestamp(), words = nullif(btrim(in_words), '') where id = d.id;
  if in_outcome = 'approved' then
    update record.cpis_alert set delete_on = greatest(to_char(now() at time zone 'Europe/London', 'YYYYMMDDHH24MI'), plan_start) where id = d.cpis_alert_id and delete_on is null;
    perform outbox.put('cp-is', record.leader_of(d.person_id), 'deletion', 'cp-is deletion ' || d.id);
  end if;
  return in_outcome;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- For whoever looks after the exchange.

create function cpis.files_listed(in_secret text, in_most integer, out sequence bigint, out sealed_at timestamptz, out records integer, out state text,
    out attempts integer, out accepted_at timestamptz, out answered_at timestamptz, out code text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select f.sequence, f.sealed_at, f.records, f.state, f.attempts, f.accepted_at, f.answered_at, f.code
    from access.live_session(in_secret) me cross join cpis.file f
   where access.roles_of(me.account_id) && '{A-IG,A-DPO,A-CG,A-BS,A-ADM}'::text[]
   order by f.sequence desc limit in_most
$$;

create function cpis.alert_counts(in_secret text, out plan_type text, out state text, out code text, out count bigint) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select a.plan_type, a.state, case when a.state in ('rejected', 'cannot-share') then a.code end, count(*)
    from access.live_session(in_secret) me cross join record.cpis_alert a
   where access.roles_of(me.account_id) && '{A-IG,A-DPO,A-CG,A-BS,A-ADM}'::text[]
   group by 1, 2, 3 order by 1, 2, 3
$$;

create function cpis.unmatched_listed(in_secret text, out id uuid, out kind text, out said jsonb, out made_at timestamptz, out received_id text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.id, u.kind, u.said, u.made_at, u.received_id
    from access.live_session(in_secret) me cross join cpis.unmatched u
   where access.roles_of(me.account_id) && '{A-IG,A-DPO,A-BS,A-DUTY,A-EDT}'::text[] and u.settled_at is null
   order by u.made_at
$$;

-- Somebody knows who it is, by their reference, or that it is nobody of ours.
create function cpis.settle_unmatched(in_secret text, in_id uuid, in_reference text, in_words text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  u cpis.unmatched := (select x from cpis.unmatched x where x.id = in_id and x.settled_at is null for update);
  who uuid := (select record.leader_of(p.id) from record.person p where p.reference = upper(btrim(in_reference)));
  made uuid;
begin
  if u.id is null or not access.roles_of(s.account_id) && '{A-IG,A-DPO,A-BS,A-DUTY,A-EDT}'::text[] then
    return 'not-there';
  end if;
  if nullif(btrim(in_reference), '') is not null then
    if who is null or u.kind <> 'viewing' then
      return 'nobody';
    end if;
    insert into record.nhs_viewing (person_id, natural_key, viewed_on, viewed_at, who, role, organisation, organisation_code, by_system, matched_by, upload_sequence, recorded_by)
    values (who, u.natural_key, ((u.said ->> 'at')::timestamptz at time zone 'Europe/London')::date, (u.said ->> 'at')::timestamptz, u.said ->> 'who', u.said ->> 'role',
            u.said ->> 'organisation', u.said ->> 'organisationCode', coalesce((u.said ->> 'bySystem')::boolean, false), 'by-hand', u.said ->> 'sequence', s.account_id)
    on conflict (person_id, natural_key) do nothing returning id into made;
    if made is not null then
      perform cpis.tell_of_viewing(made);
    end if;
  end if;
  update cpis.unmatched set settled_at = clock_timestamp(), settled_by = s.account_id, person_id = who, words = nullif(btrim(in_words), '') where id = u.id;
  perform audit.note(in_secret, 'settle', 'a message of the NHS that was matched to nobody', who, jsonb_build_object('message', u.id));
  return 'settled';
end $$;

-- The very bytes of a file or a message. Whoever opens one says why, and that is on the trail first.
create function cpis.open_message(in_secret text, in_kind text, in_id text, in_reason text) returns bytea
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.roles_of(s.account_id) && '{A-IG,A-DPO}'::text[] or length(btrim(coalesce(in_reason, ''))) < 10 then
    return null;
  end if;
  perform audit.note(in_secret, 'open message', in_reason, null, jsonb_build_object('exchange', 'cp-is', 'kind', in_kind, 'message', in_id));
  return case in_kind when 'file' then (select f.body from cpis.file f where f.sequence::text = in_id) else (select r.body from cpis.received r where r.id = in_id) end;
end $$;

-- Goes on after a stop, or compares everything now: asked for by a person.
create function cpis.go_on(in_secret text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.roles_of(s.account_id) && '{A-IG,A-DPO,A-ADM}'::text[] then
    return false;
  end if;
  update cpis.exchange set stopped_at = null, stopped_because = null, trouble_count = 0, polled_at = null;
  perform audit.note(in_secret, 'go on', 'the exchange with CP-IS', null);
  return true;
end $$;

create function cpis.ask_to_compare(in_secret text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.roles_of(s.account_id) && '{A-IG,A-DPO,A-BS,A-ADM}'::text[] or to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is null then
    return false;
  end if;
  perform jobs.enqueue('cp-is-compare', '00000000-0000-0000-0000-000000000000');
  perform audit.note(in_secret, 'compare', 'what the NHS should hold', null);
  return true;
end $$;

-- Looks by health at children of a list that is open, which nobody has answered.
create function cpis.listed_viewings(in_since date) returns table (person_id uuid, id uuid, viewed_at timestamptz, who text, role text, organisation text, by_system boolean,
    of_mother boolean, outcome text, looks bigint)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select coalesce(c.same_as, c.person_id), v.id, v.viewed_at, v.who, v.role, v.organisation, v.by_system, v.of_mother, v.outcome,
           count(*) over (partition by coalesce(c.same_as, c.person_id))
      from access.listed_groups() l join record.index_card c on c.person_id = l.person
      join record.nhs_viewing v on v.person_id = l.person
     where 'F11' = any (l.groups) and v.viewed_on >= in_since
     order by v.outcome is not null, v.viewed_at desc;
end $$;

revoke execute on all routines in schema cpis from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function cpis.may_be_deleted(uuid), cpis.ask_to_delete(uuid, text), cpis.decide_deletion(uuid, text, text), cpis.files_listed(text, integer), cpis.alert_counts(text), cpis.unmatched_listed(text), cpis.settle_unmatched(text, uuid, text, text), cpis.open_message(text, text, text, text), cpis.go_on(text), cpis.ask_to_compare(text), cpis.listed_viewings(date)');
  call foundation.grant_to('jobs', 'execute on function cpis.ids_of(uuid), cpis.to_compare(uuid, integer), cpis.tell_of_viewing(uuid), cpis.tell_of_number(uuid)');
end $$;

-- Whether there is anything to open a run for.
create function cpis.unprocessed() returns integer
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select count(*)::integer from cpis.received r where r.processed_at is null);
create function cpis.file_in_flight() returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (select from cpis.file f where f.state in ('sealed', 'sending', 'accepted'));
revoke execute on all routines in schema cpis from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function cpis.unprocessed(), cpis.file_in_flight()');
end $$;
