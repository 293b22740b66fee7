-- The trail: who opened which part of whose record, when and why. Append-only; sealed by a job;
-- the proof is src/audit/verify.ts.

-- Every person a line's payload says was shown on a list.
create function audit.shown_in(payload jsonb) returns uuid[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return (select array_agg(value::uuid) from jsonb_array_elements_text(payload -> 'shown') as value);

-- Salt and payload are what a line says of people: retention may erase both, and the line's leaf still stands.
-- The other columns are read out of the payload by the database itself and cannot say anything else.
create table audit.trail (
  id uuid not null default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  salt bytea default uuid_send(gen_random_uuid()),
  payload jsonb,
  subject uuid generated always as ((payload ->> 'subject')::uuid) stored,
  actor uuid generated always as ((payload ->> 'actor')::uuid) stored,
  shown uuid[] generated always as (audit.shown_in(payload)) stored,
  primary key (id, at),
  check ((payload is null) = (salt is null))
) partition by range (at);
create index trail_subject on audit.trail (subject, at) where subject is not null;
create index trail_actor on audit.trail (actor, at) where actor is not null;
create index trail_shown on audit.trail using gin (shown) where shown is not null;

comment on table audit.trail is 'One line for each decision to show, or not to show, part of a record, and for each sign-in. A payload that is null was erased under the retention schedule; a line of its own says so.';

-- Lines that have no leaf yet. Written with the line, taken by the sealing job: whatever committed late is still here.
create table audit.unsealed (
  line_id uuid primary key,
  at timestamptz not null
);

create table audit.leaf (
  index bigint primary key,
  line_id uuid not null unique,
  at timestamptz not null,
  hash bytea not null check (length(hash) = 32)
);
comment on table audit.leaf is 'The place of each line in the Merkle tree (RFC 9162) and its hash: SHA-256 of 0x00, salt, id, microseconds and payload.';

create table audit.seal (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  frontier bytea[] not null,
  sealed_at timestamptz not null,
  note text not null,
  witnessed_at timestamptz
);
comment on table audit.seal is 'Signed roots. The note is what was signed and the signature; the frontier lets the next seal go on from here.';

create function audit.leaf_hash(in_salt bytea, in_id uuid, in_at timestamptz, in_payload jsonb) returns bytea
  language sql immutable
  set search_path = pg_catalog, pg_temp
  return sha256('\x00'::bytea || in_salt || uuid_send(in_id)
                || int8send((extract(epoch from in_at) * 1000000)::bigint) || convert_to(in_payload::text, 'UTF8'));

-- Months ahead, so that no reading waits for one. Without a month's partition nothing opens: it fails closed.
create function audit.make_months(in_ahead integer default 24) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  month timestamp := date_trunc('month', now() at time zone 'UTC') - interval '1 month';
  made integer := 0;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('audit.make_months'));
  for step in 0 .. in_ahead + 1 loop
    part := 'trail_' || to_char(month, 'YYYY_MM');
    if to_regclass('audit.' || quote_ident(part)) is null then
      execute format('create table audit.%I partition of audit.trail for values from (%L) to (%L)',
        part, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      execute format('create trigger append_only before update or delete on audit.%I for each row execute function audit.refuse_change()', part);
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;

create function audit.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and new.payload is null and new.salt is null and new.id = old.id and new.at = old.at
     and current_setting('audit.erasing', true) = 'yes' then
    return new;
  end if;
  raise exception 'The trail is only added to' using errcode = 'CA009';
end $$;

select audit.make_months();

-- One line, in the transaction of what it tells of. Not for any role: the functions that decide call it.
create function audit.write(in_payload jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  line uuid := uuidv7();
  moment timestamptz := clock_timestamp();
begin
  insert into audit.trail (id, at, payload) values (line, moment, in_payload);
  insert into audit.unsealed values (line, moment);
  return line;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- For the sealing job.

-- Gives every committed line without a leaf its place. Never by a range of ids or times: a line is taken when its row
-- in audit.unsealed can be seen, that is when it has been committed.
create function audit.take_leaves(in_most integer) returns setof audit.leaf
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  size bigint;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  size := coalesce((select max(l.index) + 1 from audit.leaf l), 0);
  return query
    with taken as (
      delete from audit.unsealed u
       where u.line_id in (select w.line_id from audit.unsealed w order by w.at, w.line_id limit in_most)
      returning u.line_id, u.at
    )
    insert into audit.leaf (index, line_id, at, hash)
    select size + row_number() over (order by t.at, t.id) - 1, t.id, t.at, audit.leaf_hash(t.salt, t.id, t.at, t.payload)
      from taken join audit.trail t on t.id = taken.line_id and t.at = taken.at
     order by t.at, t.id
    returning *;
end $$;

create function audit.add_seal(in_size bigint, in_root bytea, in_frontier bytea[], in_note text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if in_size <> (select max(l.index) + 1 from audit.leaf l) then
    raise exception 'A seal covers every leaf there is';
  end if;
  insert into audit.seal (size, root, frontier, sealed_at, note) values (in_size, in_root, in_frontier, clock_timestamp(), in_note);
end $$;

create function audit.witnessed(in_size bigint) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update audit.seal set witnessed_at = clock_timestamp() where size <= in_size and witnessed_at is null
$$;

-- Erases what lines say, under the retention schedule. A line of its own, sealed like any other, says which.
create function audit.erase(in_lines uuid[], in_under text, in_by uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  erased uuid[];
begin
  if exists (select from unnest(in_lines) wanted where not exists (select from audit.leaf l where l.line_id = wanted)) then
    raise exception 'Only a sealed line can be erased';
  end if;
  perform set_config('audit.erasing', 'yes', true);
  with gone as (
    update audit.trail set payload = null, salt = null
     where id = any (in_lines) and payload is not null and payload ->> 'action' <> 'erase' returning id
  ) select array_agg(id) into erased from gone;
  perform set_config('audit.erasing', '', true);
  if erased is not null then
    perform audit.write(jsonb_build_object('action', 'erase', 'outcome', 'done', 'actor', in_by, 'purpose', in_under, 'lines', to_jsonb(erased)));
  end if;
  return coalesce(cardinality(erased), 0);
end $$;

alter table audit.trail enable row level security;

revoke execute on all routines in schema audit from public;
do $$
begin
  call foundation.grant_to('jobs', 'select on table audit.trail, audit.unsealed, audit.leaf, audit.seal');
  call foundation.grant_to('jobs', 'execute on function audit.take_leaves(integer), audit.add_seal(bigint, bytea, bytea[], text), audit.witnessed(bigint), audit.make_months(integer), audit.erase(uuid[], text, uuid)');
  call foundation.grant_to('app', 'select on table audit.trail, audit.seal');
end $$;

do $$
begin
  execute format('create policy jobs_prove on audit.trail for select to %I using (true)', foundation.role_name('jobs'));
end $$;
