-- The set pieces of a demonstration: which invented person each is about. What they show stands in src/demonstration.
-- Empty wherever real people work; the web asks only when the database is the embedded one.

create table access.demonstration_piece (
  name text primary key check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  person_id uuid not null references record.person
);

-- What the demonstration was filled with, so that it can be made again.
create table access.demonstration_fill (
  singleton boolean primary key default true check (singleton),
  children integer not null check (children > 0),
  seed integer not null,
  as_at date not null,
  finished_at timestamptz
);

-- What has been played of it, so that a start that was interrupted plays nothing twice. A scene is about nobody alone.
create table access.demonstration_scene (name text primary key check (name <> ''));

create function access.note_demonstration(in_children integer, in_seed integer, in_as_at date) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    insert into access.demonstration_fill values (true, in_children, in_seed, in_as_at) on conflict (singleton) do nothing;
  end;

create function access.note_piece(in_name text, in_person uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    insert into access.demonstration_piece values (in_name, in_person) on conflict (name) do update set person_id = excluded.person_id;
  end;

create function access.note_scene(in_name text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    insert into access.demonstration_scene values (in_name) on conflict do nothing;
  end;

create function access.demonstration_scenes(out name text) returns setof text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    select s.name from access.demonstration_scene s;
  end;

create function access.demonstration_pieces(out name text, out person_id uuid) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    select p.name, p.person_id from access.demonstration_piece p;
  end;

create function access.finish_demonstration() returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    update access.demonstration_fill set finished_at = clock_timestamp();
  end;

create function access.demonstration_filled(out children integer, out seed integer, out as_at date, out finished boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    select f.children, f.seed, f.as_at, f.finished_at is not null from access.demonstration_fill f;
  end;

revoke execute on all routines in schema access from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function access.demonstration_pieces(), access.demonstration_filled()');
  end loop;
  call foundation.grant_to('jobs', 'execute on function access.note_demonstration(integer, integer, date), access.finish_demonstration(), access.note_piece(text, uuid), access.note_scene(text), access.demonstration_scenes()');
end $$;
