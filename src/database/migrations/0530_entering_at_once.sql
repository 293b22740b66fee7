-- Entering rows asks the database once, whether the record takes all of them or refuses some: all at first, and only
-- where it refuses one, in halves (0300). Text as JSON is read where it is needed: only sifting takes it apart.

drop function importing.enter_sifting(text, name, name[], jsonb);

-- in_do: insert, update or delete. Places count from 1. Runs as whoever calls it.
create function importing.enter_sifting(in_do text, in_table name, in_columns name[], in_rows json,
    out place integer, out state text, out refused_by text) returns setof record
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  listed constant text := (select string_agg(quote_ident(c), ', ') from unnest(in_columns) as c);
  setting constant text := (select string_agg(format('%1$I = s.%1$I', c), ', ') from unnest(in_columns) as c);
  entering constant text := case in_do
      when 'insert' then format('insert into record.%1$I (%2$s) select %2$s from json_populate_recordset(null::record.%1$I, $1)', in_table, listed)
      when 'update' then format('update record.%1$I t set %2$s from json_populate_recordset(null::record.%1$I, $1) s where t.id = s.id', in_table, setting)
      when 'delete' then format('delete from record.%1$I t using json_populate_recordset(null::record.%1$I, $1) s where t.id = s.id', in_table)
    end;
begin
  begin
    execute entering using in_rows;
    return;
  exception when data_exception or integrity_constraint_violation then
    null;
  end;
  return query select * from importing.sift(
    replace(entering, 'json_populate_recordset', 'jsonb_populate_recordset'),
    (select array_agg(c.rows) from (
      select jsonb_agg(jsonb_build_object('row', r.value, 'place', r.n) order by r.n) as rows
        from jsonb_array_elements(in_rows::jsonb) with ordinality r (value, n) group by coalesce(r.value ->> 'person_id', r.value ->> 'id')) c));
end $$;

revoke execute on all routines in schema importing from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function importing.enter_sifting(text, name, name[], json)');
end $$;
