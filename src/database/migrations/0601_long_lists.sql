-- The same opening again is known by whom it is about. A list of 200 children is longer than a row of an index may be,
-- so the index holds the list's hash (128 bits, in two halves) in its place.

alter table access.opening drop constraint opening_session_id_kind_people_groups_may_write_key;
create unique index opening_once on access.opening
  (session_id, kind, hash_array_extended(people, 0), hash_array_extended(people, 1), groups, may_write);

create or replace function access.keep_open(in_session uuid, in_kind text, in_people uuid[], in_groups text[], in_level text, in_rule text,
    in_may_write boolean, in_ends timestamptz) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.opening (session_id, kind, people, groups, level, rule, may_write, expires_at)
  values (in_session, in_kind, in_people, in_groups, in_level, in_rule, in_may_write, in_ends)
  on conflict (session_id, kind, hash_array_extended(people, 0), hash_array_extended(people, 1), groups, may_write) do update
    set level = excluded.level, rule = excluded.rule, opened_in = excluded.opened_in, server_started = excluded.server_started,
        expires_at = excluded.expires_at
$$;
