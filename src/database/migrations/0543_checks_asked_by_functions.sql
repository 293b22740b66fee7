-- Facts are also written by functions with their owner's rights (what was entered in error is taken back, two records
-- become one), and there the rights are not the application's: what counts is whose session it is. And what is removed
-- asks for a look too.

create or replace function returns.ask_for_checks() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  subject text := (select quote_ident(k.subject) from foundation.kept_table k where k.table_name = tg_table_name);
  rows text := case tg_op when 'INSERT' then 'new_rows' when 'DELETE' then 'old_rows'
                          else '(select * from new_rows union all select * from old_rows) both_sides' end;
  touched uuid;
begin
  if session_user <> foundation.role_name('app') or not returns.may_enqueue() then
    return null;
  end if;
  for touched in execute case tg_table_name
      when 'person_alias' then format('select distinct id from (select unnest(array[person_id, same_as]) as id from %s) ends', rows)
      else format('select distinct %s from %s', subject, rows) end loop
    perform jobs.enqueue('record-check', touched);
  end loop;
  return null;
end $$;

-- Whether there is a queue, and whoever runs this may put something into it.
create function returns.may_enqueue() returns boolean
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regnamespace('jobs') is null or not has_schema_privilege('jobs', 'usage') then
    return false;
  end if;
  return coalesce(has_function_privilege(to_regprocedure('jobs.enqueue(text,uuid,timestamptz)'), 'execute'), false);
end $$;

create or replace procedure returns.checks(record_table regclass)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create or replace trigger checks_asked_added after insert on %s referencing new table as new_rows for each statement execute function returns.ask_for_checks()', record_table);
  execute format('create or replace trigger checks_asked_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function returns.ask_for_checks()', record_table);
  execute format('create or replace trigger checks_asked_removed after delete on %s referencing old table as old_rows for each statement execute function returns.ask_for_checks()', record_table);
end $$;

do $$
declare
  of_table regclass;
begin
  for of_table in select t.tgrelid::regclass from pg_trigger t where t.tgname = 'checks_asked_added' union select 'record.person_alias'::regclass loop
    call returns.checks(of_table);
  end loop;
end $$;

revoke execute on all routines in schema returns from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function returns.may_enqueue()');
  end loop;
end $$;
