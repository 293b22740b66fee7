-- Sign-off (practice 0.4, 6; 17, 6; 19): work is submitted, returned with reasons, withdrawn, authorised with a rationale.
-- Nobody signs their own; who may is said by the kind of work, and asked of the line, duty and cover. A signature holds the
-- digest of what was signed, so that it never edits it: a later change is seen, and is signed again.

create table foundation.signed_kind (
  kind text primary key check (kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (title <> ''),
  table_name name not null references foundation.kept_table,
  field_group text not null references foundation.field_group,
  -- Who may sign: one of these roles, by one of these rules (access.rule).
  roles text[] not null check (cardinality(roles) > 0),
  rules text[] not null check (cardinality(rules) > 0),
  -- Columns of the table that signing itself fills: no part of what is signed.
  aside name[] not null default '{}'
);
comment on table foundation.signed_kind is 'Kinds of work that are signed, and by whom. Title and look are in the areas’ own code (src/casework/sign-off/kinds.ts).';

-- Other tables that the work consists of: their rows whose key column holds its id.
create table foundation.signed_part (
  kind text not null references foundation.signed_kind,
  table_name name not null references foundation.kept_table,
  key_column name not null,
  primary key (kind, table_name)
);

-- Declares a kind of work that is signed. Columns that are added later count when they hold something: give those that
-- signing fills in `aside`.
create procedure foundation.signs(in_kind text, in_title text, in_table regclass, in_group text, in_roles text[],
    in_parts text[] default '{}', in_aside name[] default '{}', in_rules text[] default '{supervising-line,team,duty,cover}')
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  part text;
begin
  insert into foundation.signed_kind (kind, title, table_name, field_group, roles, rules, aside)
  values (in_kind, in_title, (select c.relname from pg_class c where c.oid = in_table), in_group, in_roles, in_rules, in_aside);
  foreach part in array in_parts loop
    insert into foundation.signed_part values (in_kind, split_part(part, '.', 1), split_part(part, '.', 2));
  end loop;
end $$;
comment on procedure foundation.signs is
  'foundation.signs(''assessment'', ''Child and family assessment'', ''record.assessment'', ''F12'', ''{A-TM,A-SM}'', ''{assessment_factor.assessment_id}'', ''{assessment_auth_date}'')';

-- What a piece of work says, in 64 characters: its row and its parts, without who recorded them and when.
create function record.signed_digest(in_kind text, in_fact uuid) returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
as $$
declare
  k foundation.signed_kind := (select s from foundation.signed_kind s where s.kind = in_kind);
  part foundation.signed_part;
  aside constant text[] := array['person_id', 'recorded_at', 'recorded_by', 'import_run_id', 'import_place', 'natural_key'];
  said text;
  added text;
begin
  execute format('select (jsonb_strip_nulls(to_jsonb(t)) - $2)::text from record.%I t where t.id = $1', k.table_name)
    into said using in_fact, aside || k.aside::text[];
  if said is null then
    return null;
  end if;
  for part in select p.* from foundation.signed_part p where p.kind = in_kind order by p.table_name loop
    execute format('select string_agg((jsonb_strip_nulls(to_jsonb(t)) - $2)::text, E''\n'' order by t.id) from record.%I t where t.%I = $1',
      part.table_name, part.key_column) into added using in_fact, aside;
    said := said || E'\n' || part.table_name || E'\n' || coalesce(added, '');
  end loop;
  return encode(sha256(convert_to(said, 'UTF8')), 'hex');
end $$;

create table record.sign_off (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  kind text not null references foundation.signed_kind,
  title text not null,
  -- The row of the kind's table.
  fact_id uuid not null,
  -- What was written once for sisters and brothers is submitted and decided once: a row for each.
  work_id uuid not null,
  turn smallint not null check (turn > 0),
  version smallint not null check (version > 0),
  act text not null check (act in ('submitted', 'returned', 'withdrawn', 'authorised')),
  words text check (words <> ''),
  account_id uuid not null references access.account,
  -- In what role, and by which rule, it was decided.
  acted_as text references access.role,
  acted_by_rule text references access.rule,
  acted_at timestamptz not null default transaction_timestamp(),
  digest text not null,
  submitted_on date generated always as (case when act = 'submitted' then (acted_at at time zone 'Europe/London')::date end) stored,
  returned_on date generated always as (case when act = 'returned' then (acted_at at time zone 'Europe/London')::date end) stored,
  authorised_on date generated always as (case when act = 'authorised' then (acted_at at time zone 'Europe/London')::date end) stored,
  unique (fact_id, turn),
  check (words is not null or act in ('submitted', 'withdrawn'))
);
create index on record.sign_off (person_id, turn);
create index on record.sign_off (work_id);
comment on table record.sign_off is 'Each step towards a signature. Only added to: what was signed, and why, stands.';

call foundation.keep('record.sign_off', 'column:field_group', $$
  field_group   | F26 | ordinary | with record | says which part of the record the row belongs to
  kind          | F26 | ordinary | with record | says what kind of work it is, in a code
  title         | F26 | ordinary | with record | yes
  fact_id       | F26 | ordinary | with record | says which work it is about
  work_id       | F26 | ordinary | with record | holds together what was written once
  turn          | F26 | ordinary | with record | the order of steps
  version       | F26 | ordinary | with record | yes
  act           | F26 | ordinary | with record | yes
  words         | F26 | special  | with record | yes
  account_id    | F26 | ordinary | with record | about who did it; shown by name
  acted_as      | F26 | ordinary | with record | yes
  acted_by_rule | F26 | ordinary | with record | says why it was theirs to decide
  acted_at      | F26 | ordinary | with record | yes
  digest        | F26 | ordinary | with record | proves what was signed
  submitted_on  | F26 | ordinary | with record | says when it was submitted
  returned_on   | F26 | ordinary | with record | says when it was returned
  authorised_on | F26 | ordinary | with record | says when it was authorised
$$);
do $$
begin
  call foundation.revoke_from('app', 'update on table record.sign_off');
end $$;
call foundation.tells('record.sign_off', 'submitted_on', 'work-submitted', 'acted_at');
call foundation.tells('record.sign_off', 'returned_on', 'work-returned', 'acted_at');
call foundation.tells('record.sign_off', 'authorised_on', 'work-authorised', 'acted_at');

-- Whether somebody wrote in a piece of work, as it stands, beside its own row (which a signature fills).
create function record.wrote_in(in_kind text, in_fact uuid, in_account uuid) returns boolean
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  part foundation.signed_part;
  found_one boolean;
begin
  for part in select p.* from foundation.signed_part p where p.kind = in_kind loop
    execute format('select exists (select from record.%I t where t.%I = $1 and t.recorded_by = $2)', part.table_name, part.key_column)
      into found_one using in_fact, in_account;
    if found_one then
      return true;
    end if;
  end loop;
  return false;
end $$;

-- Why a step may not be taken, in a code (src/casework/sign-off/model.ts has the words, and says the same); null when it may.
create function record.sign_off_refusal(in_kind text, in_fact uuid, in_act text, in_account uuid) returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k foundation.signed_kind := (select s from foundation.signed_kind s where s.kind = in_kind);
  last record.sign_off := (select s from record.sign_off s where s.fact_id = in_fact and s.kind = in_kind order by s.turn desc limit 1);
  digest_now text;
  person uuid;
  people uuid[];
  allocated boolean;
begin
  digest_now := record.signed_digest(in_kind, in_fact);
  if digest_now is null then
    return 'not-there';
  end if;
  if in_act = 'submitted' then
    return case when last.act = 'submitted' then 'submitted-already'
                when last.act = 'authorised' and last.digest = digest_now then 'signed-already' end;
  end if;
  if last.act is distinct from 'submitted' then
    return 'nothing-submitted';
  end if;
  execute format('select t.person_id from record.%I t where t.id = $1', k.table_name) into person using in_fact;
  people := access.alias_set(person);
  allocated := exists (select from access.works_with w where w.person_id = any (people) and w.account_id = in_account and w.kind = 'allocated');
  if in_act = 'withdrawn' then
    return case when last.account_id is distinct from in_account and not allocated then 'not-yours-to-withdraw' end;
  end if;
  if allocated or exists (select from record.sign_off s where s.fact_id = in_fact and s.act = 'submitted' and s.account_id = in_account)
     or record.wrote_in(in_kind, in_fact, in_account) then
    return 'own-work';
  end if;
  if not access.roles_of(in_account) && k.roles then
    return 'not-your-role';
  end if;
  if not access.rules_for(in_account, people) && k.rules then
    return 'not-in-line';
  end if;
  return case when in_act = 'authorised' and last.digest <> digest_now then 'changed-since' end;
end $$;

-- Fills what follows from the kind and the steps before, and refuses what may not be.
create function record.keep_signing() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k foundation.signed_kind := (select s from foundation.signed_kind s where s.kind = new.kind);
  last record.sign_off;
  refusal text;
begin
  perform pg_advisory_xact_lock(hashtextextended('sign-off ' || new.fact_id, 0));
  last := (select s from record.sign_off s where s.fact_id = new.fact_id and s.kind = new.kind order by s.turn desc limit 1);
  if session_user = foundation.role_name('app') then
    new.account_id := access.recorder();
    new.acted_at := transaction_timestamp();
    refusal := record.sign_off_refusal(new.kind, new.fact_id, new.act, new.account_id);
    if refusal is not null then
      raise exception 'Sign-off refused: %', refusal using errcode = 'CA040';
    end if;
    new.acted_as := null;
    new.acted_by_rule := null;
    if new.act in ('returned', 'authorised') then
      new.acted_as := (select r from unnest(k.roles) r where r = any (access.roles_of(new.account_id)) limit 1);
      new.acted_by_rule := (select r.code from access.rule r
                             where r.code = any (k.rules) and r.code = any (access.rules_for(new.account_id, access.alias_set(new.person_id)))
                             order by r.rank limit 1);
    end if;
    execute format('select t.person_id from record.%I t where t.id = $1', k.table_name) into new.person_id using new.fact_id;
    new.work_id := coalesce(last.work_id, new.work_id, new.fact_id);
  end if;
  new.field_group := k.field_group;
  new.title := k.title;
  new.turn := coalesce(last.turn, 0) + 1;
  new.version := coalesce(last.version, 0) + (new.act = 'submitted')::integer;
  -- A decision is about what was submitted.
  new.digest := case when new.act in ('returned', 'withdrawn') then coalesce(last.digest, new.digest)
                     else coalesce(record.signed_digest(new.kind, new.fact_id), new.digest) end;
  return new;
end $$;
create trigger keep_signing before insert on record.sign_off for each row execute function record.keep_signing();

-- At the end of its transaction: what was submitted or signed is what stands. A signature never edits what it signs.
create function record.hold_signature() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.act in ('submitted', 'authorised') and record.signed_digest(new.kind, new.fact_id) is distinct from new.digest then
    raise exception 'What was signed was changed in the transaction of its signature' using errcode = 'CA041';
  end if;
  return null;
end $$;
create constraint trigger hold_signature after insert on record.sign_off deferrable initially deferred
  for each row when (new.act in ('submitted', 'authorised')) execute function record.hold_signature();

-- The people of one piece of work, for whoever has opened the record of one of them.
create function record.people_of_work(in_work uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with of_work as (
    select distinct s.person_id, s.field_group from record.sign_off s where s.work_id = in_work
  )
  select case when exists (select from of_work w where (w.person_id, w.field_group) in (select o.person, o.field_group from access.open_pairs() o))
              then array(select distinct w.person_id from of_work w) else '{}' end
$$;

-- What waits on a list of one's own work: submitted, and for the reader's role to sign; returned to the reader. No words of
-- it: a list opens no record. Whether it is in the reader's line is asked when they open it.
create function record.listed_signing()
  returns table (person_id uuid, kind text, title text, work_id uuid, fact_id uuid, act text, acted_at timestamptz, account_id uuid, account text, version smallint)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  me constant uuid := access.recorder();
  my_roles constant text[] := access.roles_of(me);
begin
  return query
    select coalesce(c.same_as, c.person_id), s.kind, s.title, s.work_id, s.fact_id, s.act, s.acted_at, s.account_id, a.display_name, s.version
      from access.listed_groups() l
      join record.sign_off s on s.person_id = l.person and s.field_group = any (l.groups)
      join foundation.signed_kind k on k.kind = s.kind
      join record.index_card c on c.person_id = l.person
      join access.account a on a.id = s.account_id
     where not exists (select from record.sign_off later where later.fact_id = s.fact_id and later.kind = s.kind and later.turn > s.turn)
       and (s.act = 'submitted' and k.roles && my_roles
              and not exists (select from record.sign_off mine where mine.fact_id = s.fact_id and mine.act = 'submitted' and mine.account_id = me)
            or s.act = 'returned'
              and exists (select from record.sign_off mine where mine.fact_id = s.fact_id and mine.act = 'submitted' and mine.account_id = me))
     order by s.acted_at;
end $$;

revoke execute on all routines in schema foundation, record from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'select on table foundation.signed_kind, foundation.signed_part');
    call foundation.grant_to(kind, 'execute on function record.signed_digest(text, uuid)');
  end loop;
  call foundation.grant_to('app', 'execute on function record.sign_off_refusal(text, uuid, text, uuid), record.people_of_work(uuid), record.listed_signing()');
end $$;
