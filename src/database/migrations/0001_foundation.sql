-- Role names, the field catalogue, and the procedures by which a table joins the record.
-- Runs as the owner of the database; the other roles and the database itself are made by provisioning.

create schema foundation;
create schema codes;
create schema record;
create schema history;
create schema known;
create schema access;
create schema audit;
create schema importing;
create schema ssd;
create schema ssd_known;
create schema reporting;

-- ---------------------------------------------------------------------------------------------------------
-- Role names. They carry the authority's short name, so no migration spells one.

create function foundation.role_name(kind text) returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
  return (select regexp_replace(r.rolname, '_owner$', '') || '_' || kind
            from pg_database d join pg_roles r on r.oid = d.datdba
           where d.datname = current_database());

comment on function foundation.role_name is
  'The name of this authority’s role of a kind: owner, app, jobs or analyst. The owner of the database must be named <prefix>_owner.';

create procedure foundation.grant_to(kind text, privileges text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('grant %s to %I', privileges, foundation.role_name(kind));
end $$;

comment on procedure foundation.grant_to is
  'grant_to(''app'', ''select on table access.team''): a grant without spelling the role.';

create procedure foundation.revoke_from(kind text, privileges text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('revoke %s from %I', privileges, foundation.role_name(kind));
end $$;

do $$
declare
  kind text;
begin
  if current_user !~ '_owner$' then
    raise exception 'Migrations must run as a role named <prefix>_owner, not %', current_user;
  end if;
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'usage on schema foundation, codes, record, history, known, access, audit, importing, ssd, ssd_known');
  end loop;
  call foundation.grant_to('jobs', 'usage on schema reporting');
  call foundation.grant_to('analyst', 'usage on schema reporting');
end $$;

-- Functions and procedures are for nobody until a migration says for whom.
alter default privileges revoke execute on routines from public;
revoke execute on all routines in schema foundation from public;
revoke create on schema public from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function foundation.role_name(text)');
  call foundation.grant_to('jobs', 'execute on function foundation.role_name(text)');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- The field catalogue: what each column of the record is, how long it is kept, whether the person may read it.

create table foundation.field_group (
  code text primary key check (code ~ '^F[0-3][0-9]$'),
  name text not null,
  sensitivity text not null
);

insert into foundation.field_group (code, name, sensitivity) values
  ('F01', 'Name, date of birth, sex', 'ordinary'),
  ('F02', 'Other names, gender identity', 'special'),
  ('F03', 'Home address, telephone, e-mail', 'ordinary'),
  ('F04', 'Protected address', 'protected'),
  ('F05', 'Identifiers', 'controlled'),
  ('F06', 'Ethnicity, disability, language, religion', 'special'),
  ('F07', 'Family, parental responsibility, contact', 'ordinary'),
  ('F08', 'Legal status and orders', 'ordinary'),
  ('F09', 'Child protection status', 'special'),
  ('F10', 'Looked-after status and kind of placement', 'ordinary'),
  ('F11', 'Contact and referral', 'mixed'),
  ('F12', 'Assessment and factors', 'mixed'),
  ('F13', 'Section 47 and strategy discussion', 'mixed'),
  ('F14', 'Conference minutes and plan', 'mixed'),
  ('F15', 'Placement and review records', 'mixed'),
  ('F16', 'Health, dental and immunisation dates', 'special'),
  ('F17', 'Strengths and difficulties questionnaire', 'special'),
  ('F18', 'Health in detail', 'special'),
  ('F19', 'Offending and allegations', 'criminal'),
  ('F20', 'Education', 'ordinary'),
  ('F21', 'Adoption', 'sealed'),
  ('F22', 'Leaving care: activity and accommodation', 'ordinary'),
  ('F23', 'Facts about adults in the child’s life', 'special'),
  ('F24', 'Warnings', 'controlled'),
  ('F25', 'Case notes', 'mixed'),
  ('F26', 'Professionals and allocated worker', 'ordinary'),
  ('F27', 'Chronology', 'mixed'),
  ('F28', 'The child’s wishes and words', 'confidential'),
  ('F29', 'Immigration', 'controlled'),
  ('F30', 'Finance', 'ordinary'),
  ('F31', 'Photographs and recordings', 'special'),
  ('F32', 'Complaints', 'ordinary'),
  ('F33', 'Who looked and who was told', 'controlled'),
  ('F34', 'Court documents', 'court'),
  ('F35', 'Assessment of carers and adopters', 'special'),
  ('F36', 'Who referred, if a member of the public', 'informant');

create table foundation.kept_table (
  table_name name primary key,
  subject name not null,
  field_group text references foundation.field_group,
  group_column name,
  check ((field_group is null) <> (group_column is null))
);

comment on table foundation.kept_table is
  'Every table of schema record that foundation.keep has taken in: whose row it is, and its field group or the column that says it.';

create table foundation.field (
  table_name name not null references foundation.kept_table,
  column_name name not null,
  field_group text not null references foundation.field_group,
  kind text not null check (kind in ('ordinary', 'special', 'criminal', 'restricted')),
  retention_class text not null check (retention_class <> ''),
  in_bundle boolean not null,
  not_in_bundle_because text check ((not_in_bundle_because is null) = in_bundle),
  primary key (table_name, column_name)
);

comment on table foundation.field is
  'The field catalogue: one entry for each column of the record (governance F.3, T9).';

do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs', 'analyst'] loop
    call foundation.grant_to(kind, 'usage on schema foundation');
    call foundation.grant_to(kind, 'select on table foundation.field_group, foundation.kept_table, foundation.field');
  end loop;
end $$;

-- Reads catalogue lines: `column | field group | kind | retention class | yes, or why not in a bundle`.
create procedure foundation.catalogue(of_table name, fields text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  line text;
  part text[];
begin
  foreach line in array string_to_array(fields, E'\n') loop
    continue when btrim(line, E' \t\r') = '';
    part := array(select btrim(piece, E' \t\r') from unnest(string_to_array(line, '|')) as piece);
    if cardinality(part) <> 5 then
      raise exception 'Field catalogue of %: a line needs five parts: %', of_table, line;
    end if;
    if not exists (select from pg_attribute
                    where attrelid = format('record.%I', of_table)::regclass and attname = part[1] and not attisdropped) then
      raise exception 'Field catalogue of %: there is no column %', of_table, part[1];
    end if;
    insert into foundation.field
      values (of_table, part[1], part[2], part[3], part[4], part[5] = 'yes', nullif(part[5], 'yes'));
  end loop;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- What stood before. One trigger for all twins.

create function foundation.keep_history() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  replaced timestamptz := greatest(transaction_timestamp(), old.recorded_at + interval '1 microsecond');
  aside text[];
begin
  if tg_op = 'UPDATE' then
    -- A generated column has no value yet when this runs.
    aside := array(select a.attname from pg_attribute a where a.attrelid = tg_relid and a.attgenerated <> '')
             || array['recorded_at', 'recorded_by', 'import_run_id', 'import_place'];
    if to_jsonb(new) - aside = to_jsonb(old) - aside then
      return old;
    end if;
  end if;
  -- A row written and changed in one transaction was never known as it first stood.
  if old.recorded_at <> transaction_timestamp() then
    execute format('insert into history.%I select ($1).*, $2', tg_table_name) using old, replaced;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.recorded_by := coalesce(access.recorder(), nullif(new.recorded_by, old.recorded_by),
                              nullif(current_setting('cairn.account', true), '')::uuid);
  new.recorded_at := case when old.recorded_at = transaction_timestamp() then old.recorded_at else replaced end;
  return new;
end $$;

comment on function foundation.keep_history is
  'Keeps the row as it stood, with the moment it was replaced. An update that changes nothing leaves the row as it is.';

-- The moment a reader asked to see, from the transaction's setting; without one, now.
create function foundation.known_at() returns timestamptz
  language sql stable
  set search_path = pg_catalog, pg_temp
  return coalesce(nullif(current_setting('cairn.known_at', true), '')::timestamptz, clock_timestamp());

do $$
begin
  call foundation.grant_to('app', 'execute on function foundation.known_at()');
  call foundation.grant_to('jobs', 'execute on function foundation.known_at()');
end $$;

-- The twin's last column is replaced_at; its others are the table's, in the table's order, so that a new column
-- means a new twin: the old rows are carried over by name.
create procedure foundation.build_twin(of_table name)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept foundation.kept_table := (select k from foundation.kept_table k where k.table_name = of_table);
  columns_now text := (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                        where attrelid = format('record.%I', of_table)::regclass and attnum > 0 and not attisdropped);
  columns_before text;
  had_twin boolean := to_regclass(format('history.%I', of_table)) is not null;
  role_kind text;
begin
  execute format('drop view if exists known.%I', of_table);
  if had_twin then
    execute format('alter table history.%I rename to earlier_twin', of_table);
    columns_before := (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                        where attrelid = 'history.earlier_twin'::regclass and attnum > 0 and not attisdropped);
  end if;
  execute format('create table history.%I as select *, null::timestamptz as replaced_at from record.%I with no data', of_table, of_table);
  if had_twin then
    execute format('insert into history.%I (%s) select %s from history.earlier_twin', of_table, columns_before, columns_before);
    drop table history.earlier_twin;
  end if;
  execute format('alter table history.%I alter replaced_at set not null', of_table);
  execute format('create index on history.%I (%I, replaced_at)', of_table, kept.subject);
  execute format('alter table history.%I enable row level security', of_table);
  call foundation.policies('history', of_table, kept);
  execute format('create view known.%1$I with (security_invoker) as
      select %2$s from record.%1$I where recorded_at <= foundation.known_at()
      union all
      select %2$s from history.%1$I where recorded_at <= foundation.known_at() and replaced_at > foundation.known_at()',
    of_table, columns_now);
  foreach role_kind in array array['app', 'jobs'] loop
    call foundation.grant_to(role_kind, format('select on table history.%I', of_table));
    call foundation.grant_to(role_kind, format('select on table known.%I', of_table));
  end loop;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Who may read and write a row: the functions are replaced by the access migrations; until then nobody may.

create function access.open_ids(in_group text) returns uuid[]
  language sql stable return array[]::uuid[];
create function access.writable_ids(in_group text) returns uuid[]
  language sql stable return array[]::uuid[];
create function access.open_pairs(out person uuid, out field_group text) returns setof record
  language sql stable begin atomic select null::uuid, null::text where false; end;
create function access.writable_pairs(out person uuid, out field_group text) returns setof record
  language sql stable begin atomic select null::uuid, null::text where false; end;
create function access.run_is_open() returns boolean
  language sql stable return false;
create function access.recorder() returns uuid
  language sql stable return null::uuid;

comment on function access.open_ids is 'The people of whom this session has opened a field group (each with their alias set).';
comment on function access.recorder is 'The account whose session is presented: whoever writes a fact, it is recorded as theirs.';
comment on function access.open_pairs is 'As open_ids, for tables whose rows differ in field group.';

do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function access.open_ids(text), access.writable_ids(text), access.open_pairs(), access.writable_pairs(), access.run_is_open(), access.recorder()');
  end loop;
end $$;

create procedure foundation.policies(in_schema name, of_table name, kept foundation.kept_table)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  target text := format('%I.%I', in_schema, of_table);
  may_read text;
  may_write text;
begin
  if kept.group_column is null then
    may_read := format('%I = any ((select access.open_ids(%L))::uuid[])', kept.subject, kept.field_group);
    may_write := format('%I = any ((select access.writable_ids(%L))::uuid[])', kept.subject, kept.field_group);
  else
    may_read := format('(%I, %I) in (select o.person, o.field_group from access.open_pairs() o)', kept.subject, kept.group_column);
    may_write := format('(%I, %I) in (select w.person, w.field_group from access.writable_pairs() w)', kept.subject, kept.group_column);
  end if;
  execute format('create policy app_reads on %s for select to %I using (%s)', target, foundation.role_name('app'), may_read);
  execute format('create policy jobs_read on %s for select to %I using ((select access.run_is_open()))', target, foundation.role_name('jobs'));
  if in_schema = 'record' then
    -- Nobody writes in another's name, or into the past.
    execute format('create policy app_adds on %s for insert to %I with check (%s and recorded_by = (select access.recorder()) and recorded_at = now())',
      target, foundation.role_name('app'), may_write);
    execute format('create policy app_changes on %s for update to %I using (%s) with check (%s)', target, foundation.role_name('app'), may_write, may_write);
    execute format('create policy jobs_write on %s for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))',
      target, foundation.role_name('jobs'));
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Joining the record.

create procedure foundation.keep(record_table regclass, field_group text, fields text, subject name default 'person_id')
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  of_table name := (select relname from pg_class where oid = record_table and relnamespace = 'record'::regnamespace);
  by_column name := case when field_group like 'column:%' then substr(field_group, 8) end;
  kept foundation.kept_table;
begin
  if of_table is null then
    raise exception '% is not a table of schema record', record_table;
  end if;
  execute format('alter table %s
      add recorded_at timestamptz not null default transaction_timestamp(),
      add recorded_by uuid default nullif(current_setting(''cairn.account'', true), '''')::uuid,
      add import_run_id uuid,
      add import_place text', record_table);
  insert into foundation.kept_table
    values (of_table, subject, case when by_column is null then field_group end, by_column)
    returning * into kept;
  call foundation.catalogue(of_table, fields);
  execute format('alter table %s enable row level security', record_table);
  call foundation.policies('record', of_table, kept);
  call foundation.grant_to('app', format('select, insert, update on table %s', record_table));
  call foundation.grant_to('jobs', format('select, insert, update, delete on table %s', record_table));
  call foundation.build_twin(of_table);
  execute format('create trigger keep_history before update or delete on %s for each row execute function foundation.keep_history()', record_table);
end $$;

comment on procedure foundation.keep is
  'Takes a table of schema record into the record: kept columns, history twin, known view, row security, grants, catalogue.';

create procedure foundation.extend(record_table regclass, fields text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  of_table name := (select relname from pg_class where oid = record_table);
begin
  call foundation.catalogue(of_table, fields);
  call foundation.build_twin(of_table);
end $$;

comment on procedure foundation.extend is 'After columns were added to a kept table: their catalogue lines, and a new twin and view.';

-- Columns that need no catalogue line of their own. A fact’s natural key is what tells it from the person’s other facts
-- of its kind, in words that every source of it has (its date; its date and code; '2024-05-01#2' for a second one that
-- day): importing finds a fact by it. It says nothing that the fact’s own columns do not.
create function foundation.kept_columns() returns name[]
  language sql immutable
  return array['id', 'person_id', 'natural_key', 'recorded_at', 'recorded_by', 'import_run_id', 'import_place']::name[];

revoke execute on all routines in schema foundation from public;
revoke execute on all routines in schema access from public;
