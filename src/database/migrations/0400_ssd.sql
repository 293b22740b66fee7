-- The Standard Safeguarding Dataset as views: the one waist through which returns and analysts read the record.
--
-- Each view has one text, created twice: in ssd over the record as it stands, in ssd_known over the record as known at
-- the transaction's moment. Both are read with the reader's own rights (security_invoker). Their columns are those of the
-- dataset, as src/returns/ssd/tables.json lists them, and behind them, in quotation marks, what the census asks and the
-- dataset has no column for, under the census's own names (docs/decisions/ssd-views.md).

create table ssd.published (
  place integer primary key generated always as identity,
  name name not null unique,
  body text not null
);
comment on table ssd.published is 'The texts of the views, so that both sets can be taken down and put up again around a change of what they stand on.';

create procedure ssd.put_up(view_name name, body text)
  language plpgsql
as $$
declare
  side record;
  reader text;
  path text := current_setting('search_path');
begin
  for side in select * from (values ('ssd', 'record, ssd, pg_temp'), ('ssd_known', 'known, ssd_known, pg_temp')) as s (home, names) loop
    -- Names in the text are found where this side looks for them, and nowhere else.
    perform set_config('search_path', side.names, true);
    execute format('create view %I.%I with (security_invoker) as %s', side.home, view_name, body);
    perform set_config('search_path', path, true);
    foreach reader in array array['app', 'jobs'] loop
      call foundation.grant_to(reader, format('select on table %I.%I', side.home, view_name));
    end loop;
  end loop;
end $$;

-- publish('ssd_disability', $$ select … $$): a view in both schemas. Its text names tables of the record and other
-- views without a schema.
create procedure ssd.publish(view_name name, body text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into ssd.published (name, body) values (view_name, body);
  call ssd.put_up(view_name, body);
end $$;

-- A table of the dataset of which the record holds nothing yet: its columns, and no row, so that queries run.
create procedure ssd.publish_empty(view_name name, columns text[])
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  nothing text := (select string_agg(format('null::%s as %I', coalesce(nullif(split_part(c, ' ', 2), ''), 'text'), split_part(c, ' ', 1)), ', ')
                     from unnest(columns) as c);
begin
  call ssd.publish(view_name, format('select %s where false', nothing));
end $$;
comment on procedure ssd.publish_empty is 'Each column is its name, and its type where that is not text: ''cinv_cin_visit_date date''.';

-- Around a change of a table that views stand on: call ssd.take_down(); alter …; call foundation.extend(…); call ssd.put_up_again().
create procedure ssd.take_down()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  view_name name;
begin
  for view_name in select p.name from ssd.published p order by p.place desc loop
    execute format('drop view if exists ssd.%1$I, ssd_known.%1$I', view_name);
  end loop;
end $$;

create procedure ssd.put_up_again()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  view record;
begin
  for view in select * from ssd.published p order by p.place loop
    call ssd.put_up(view.name, view.body);
  end loop;
end $$;

create function ssd.yes_no(said boolean) returns text
  language sql immutable parallel safe
  return case when said then 'Y' when not said then 'N' end;

-- All keys of a JSON column of the dataset, with an empty text where nothing is known.
create function ssd.with_all_keys(keys text, known jsonb) returns text
  language sql immutable parallel safe
  return (select jsonb_object_agg(key, '') || jsonb_strip_nulls(known) from unnest(string_to_array(keys, ' ')) as key)::text;

revoke execute on all routines in schema ssd from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function ssd.yes_no(boolean), ssd.with_all_keys(text, jsonb)');
  end loop;
end $$;
