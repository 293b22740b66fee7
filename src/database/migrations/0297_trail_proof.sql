-- What the proof of the trail needs besides 0110: a name for this trail, what verifying found, who is told, and for
-- whom the log of readings opens.

-- Names the trail to its witness, which may keep several: a restored or a new database begins another.
create table audit.identity (
  singleton boolean primary key default true check (singleton),
  id uuid not null default gen_random_uuid()
);
insert into audit.identity default values;

-- The line that says what was erased, by any line it names (audit.erase).
create index trail_erased on audit.trail using gin ((payload -> 'lines')) where payload ->> 'action' = 'erase';

create table audit.verification (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  outcome text not null check (outcome in ('proved', 'findings', 'could not')),
  says text not null check (says <> ''),
  report jsonb,
  seen_at timestamptz,
  seen_by uuid references access.account
);
create index on audit.verification (at);
comment on table audit.verification is 'What each nightly verification found. One that proved nothing is put before the data protection officer.';

alter table access.notice drop constraint notice_kind_check;
alter table access.notice add constraint notice_kind_check check (kind in (
  'emergency-access', 'emergency-access-unreviewed', 'emergency-access-reviewed', 'emergency-access-escalated', 'connection-declared',
  'restriction-asked', 'restriction-confirmed', 'restriction-lapsed', 'restriction-review-due', 'trail-not-proved'));

create function audit.add_verification(in_outcome text, in_says text, in_report jsonb default null) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made uuid;
begin
  insert into audit.verification (outcome, says, report) values (in_outcome, in_says, in_report) returning id into made;
  perform audit.write(jsonb_build_object('action', 'trail verified', 'outcome', in_outcome, 'verification', made));
  if in_outcome <> 'proved' then
    perform access.tell(access.holders('A-DPO'), 'trail-not-proved', null, null, made);
  end if;
  return made;
end $$;

-- The protection officer has seen it and says what was done. The row stays, and so does the next night's.
create function audit.verification_seen(in_secret text, in_id uuid, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.roles_of(s.account_id) && '{A-DPO}'::text[] or length(btrim(coalesce(in_words, ''))) < 3 then
    return false;
  end if;
  update audit.verification set seen_at = clock_timestamp(), seen_by = s.account_id
   where id = in_id and seen_at is null and outcome <> 'proved';
  if found then
    perform audit.write(jsonb_build_object('action', 'trail findings seen', 'outcome', 'done', 'actor', s.account_id, 'session', s.id,
      'verification', in_id, 'reason', in_words));
    return true;
  end if;
  return false;
end $$;

-- Who looked (F33) opens to information governance for a reason, with the name of whom it is about: the log of a
-- record, not the record.
insert into access.role_reach (role, rule, level, groups, may_write, needs_reason) values
  ('A-IG', 'reason', 'full', '{F01,F33}', false, true);

-- How far sealing is, for the page of the seal and for verifying. Counts only.
create function audit.seal_state(out lines bigint, out sealed_at timestamptz, out sealed bigint, out witnessed_at timestamptz, out witnessed bigint,
    out unsealed bigint, out oldest_unsealed timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select s.size + u.count, s.sealed_at, s.size, w.witnessed_at, w.size, u.count, u.oldest
    from (select count(*) as count, min(at) as oldest from audit.unsealed) u
    left join lateral (select size, seal.sealed_at from audit.seal order by size desc limit 1) s on true
    left join lateral (select size, seal.witnessed_at from audit.seal where seal.witnessed_at is not null order by size desc limit 1) w on true
$$;

revoke execute on all routines in schema access, audit from public;
do $$
begin
  call foundation.grant_to('jobs', 'select on table audit.identity, audit.verification');
  call foundation.grant_to('app', 'select on table audit.verification');
  call foundation.grant_to('jobs', 'execute on function audit.add_verification(text, text, jsonb)');
  call foundation.grant_to('app', 'execute on function audit.verification_seen(text, uuid, text), audit.seal_state()');
end $$;
