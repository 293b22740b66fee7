-- Signing in, sessions, and their ends. The web process proves who somebody is (password and code, or the directory);
-- these functions keep count of attempts, and make, lock and end the rows that everything else asks.

create table access.session (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  method text not null check (method in ('local', 'directory')),
  directory_session text,
  client text,
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  idle_until timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  reauthenticated_at timestamptz,
  ended_at timestamptz,
  ended_because text
);
create index on access.session (account_id) where ended_at is null;

create table access.sign_in_attempt (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  name_hash bytea not null,
  address_hash bytea not null,
  succeeded boolean not null default false
);
create index on access.sign_in_attempt (name_hash, at);
create index on access.sign_in_attempt (address_hash, at);
comment on table access.sign_in_attempt is 'For throttling: hashes only, kept for a day.';

create function access.is_active(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (select from access.account a where a.id = in_account
                   and a.active_from <= current_date and (a.active_to is null or a.active_to >= current_date));

create function access.roles_of(in_account uuid) returns text[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct r.role order by r.role), '{}') from access.account_role r
           where r.account_id = in_account and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date));

create function access.hash_of(in_secret text) returns bytea
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return sha256(convert_to(in_secret, 'UTF8'));

-- The live session a secret belongs to: neither ended nor locked, idle or over.
create function access.live_session(in_secret text) returns access.session
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (select s from access.session s
           where s.secret_hash = access.hash_of(in_secret) and s.ended_at is null and s.locked_at is null
             and s.idle_until > clock_timestamp() and s.expires_at > clock_timestamp());

-- Begins an attempt: counts it as failed until it has succeeded, and says how long to wait instead when there were
-- too many, for this name or from this address. What comes back for a name nobody has looks the same.
create function access.begin_sign_in(in_email text, in_address text,
    out attempt uuid, out wait_seconds integer, out account uuid, out password_hash text, out totp_secret bytea, out totp_last_step bigint)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  by_name bytea := access.hash_of(lower(btrim(in_email)));
  by_address bytea := access.hash_of(in_address);
  failures integer;
  last_failure timestamptz;
begin
  -- One at a time for a name, so that a hundred attempts at once are a hundred attempts.
  perform pg_advisory_xact_lock(hashtextextended(encode(by_name, 'hex'), 0));
  select count(*), max(a.at) into failures, last_failure from access.sign_in_attempt a
   where a.name_hash = by_name and not a.succeeded and a.at > clock_timestamp() - interval '1 hour'
     and a.at > coalesce((select max(s.at) from access.sign_in_attempt s where s.name_hash = by_name and s.succeeded), '-infinity');
  wait_seconds := case when failures < 5 then 0
    else greatest(0, ceil(extract(epoch from last_failure + least(interval '15 seconds' * (2 ^ (failures - 5)), interval '15 minutes') - clock_timestamp())))::integer end;
  if wait_seconds = 0 then
    select case when count(*) >= 50 then ceil(extract(epoch from min(a.at) + interval '15 minutes' - clock_timestamp()))::integer else 0 end
      into wait_seconds
      from access.sign_in_attempt a
     where a.address_hash = by_address and not a.succeeded and a.at > clock_timestamp() - interval '15 minutes';
  end if;
  if wait_seconds > 0 then
    return;
  end if;
  insert into access.sign_in_attempt (name_hash, address_hash) values (by_name, by_address) returning id into attempt;
  select a.id, a.password_hash, a.totp_secret, a.totp_last_step into account, password_hash, totp_secret, totp_last_step
    from access.account a
   where a.email = lower(btrim(in_email)) and a.kind = 'local' and access.is_active(a.id);
end $$;

create function access.sign_in_failed(in_attempt uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  who uuid := null;
begin
  perform audit.write(jsonb_build_object('action', 'sign-in', 'outcome', 'refused', 'why', 'wrong password or code', 'attempt', in_attempt));
end $$;

-- A code counts once: its time step must be later than the last one used.
create function access.use_code(in_account uuid, in_step bigint) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.account set totp_last_step = in_step where id = in_account and totp_last_step < in_step;
  return found;
end $$;

create function access.start_session(in_account uuid, in_secret_hash bytea, in_method text, in_client text,
    in_attempt uuid default null, in_directory_session text default null) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  rules access.setting := (select s from access.setting s);
  made uuid;
begin
  if not access.is_active(in_account) then
    raise exception 'This account is not open' using errcode = 'CA002';
  end if;
  update access.sign_in_attempt set succeeded = true where id = in_attempt;
  insert into access.session (account_id, secret_hash, method, client, directory_session, idle_until, expires_at, reauthenticated_at)
  values (in_account, in_secret_hash, in_method, in_client, in_directory_session,
          clock_timestamp() + make_interval(mins => rules.idle_minutes),
          clock_timestamp() + make_interval(hours => rules.session_hours), clock_timestamp())
  returning id into made;
  perform audit.write(jsonb_build_object('action', 'sign-in', 'outcome', 'allowed', 'actor', in_account, 'session', made,
    'rule', in_method, 'client', in_client));
  return made;
end $$;

-- Who presents this secret. Seen is written at most once a minute; an idle session comes back locked.
create function access.resolve_session(in_secret text,
    out session_id uuid, out account_id uuid, out name text, out job_title text, out roles text[], out settings jsonb,
    out locked boolean, out method text, out expires_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session;
  idle interval := make_interval(mins => (select r.idle_minutes from access.setting r));
begin
  select * into s from access.session x where x.secret_hash = access.hash_of(in_secret);
  if not found or s.ended_at is not null or s.expires_at <= clock_timestamp() or not access.is_active(s.account_id) then
    return;
  end if;
  locked := s.locked_at is not null or s.idle_until <= clock_timestamp();
  if locked and s.locked_at is null then
    update access.session set locked_at = s.idle_until where id = s.id and locked_at is null;
  elsif not locked and s.seen_at < clock_timestamp() - interval '1 minute' then
    update access.session set seen_at = clock_timestamp(), idle_until = clock_timestamp() + idle
     where id = s.id and locked_at is null;
  end if;
  session_id := s.id;
  method := s.method;
  expires_at := s.expires_at;
  select a.id, a.display_name, a.job_title, a.settings, access.roles_of(a.id) into account_id, name, job_title, settings, roles
    from access.account a where a.id = s.account_id;
end $$;

create function access.lock_session(in_secret text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.session set locked_at = clock_timestamp()
   where secret_hash = access.hash_of(in_secret) and ended_at is null and locked_at is null
$$;

-- What is needed to prove again who sits there: for unlocking and for steps that ask twice.
create function access.begin_proof(in_secret text, in_address text,
    out attempt uuid, out wait_seconds integer, out account uuid, out password_hash text, out totp_secret bytea, out totp_last_step bigint, out method text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  who text;
begin
  select a.email, s.method into who, method from access.session s join access.account a on a.id = s.account_id
   where s.secret_hash = access.hash_of(in_secret) and s.ended_at is null and s.expires_at > clock_timestamp();
  if who is null then
    return;
  end if;
  select b.attempt, b.wait_seconds, b.account, b.password_hash, b.totp_secret, b.totp_last_step
    into attempt, wait_seconds, account, password_hash, totp_secret, totp_last_step
    from access.begin_sign_in(who, in_address) b;
end $$;

-- After proof: a locked session opens again, and counts as freshly proven.
create function access.note_proof(in_secret text, in_attempt uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session;
begin
  update access.sign_in_attempt set succeeded = true where id = in_attempt;
  update access.session set locked_at = null, reauthenticated_at = clock_timestamp(), seen_at = clock_timestamp(),
         idle_until = clock_timestamp() + make_interval(mins => (select r.idle_minutes from access.setting r))
   where secret_hash = access.hash_of(in_secret) and ended_at is null and expires_at > clock_timestamp()
  returning * into s;
  if s.id is not null then
    perform audit.write(jsonb_build_object('action', 'proved again', 'outcome', 'allowed', 'actor', s.account_id, 'session', s.id));
  end if;
end $$;

create function access.end_session(in_secret text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session;
begin
  update access.session set ended_at = clock_timestamp(), ended_because = 'signed out'
   where secret_hash = access.hash_of(in_secret) and ended_at is null returning * into s;
  if s.id is not null then
    perform audit.write(jsonb_build_object('action', 'sign-out', 'outcome', 'done', 'actor', s.account_id, 'session', s.id));
  end if;
end $$;

create function access.set_settings(in_secret text, in_settings jsonb) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.account set settings = settings || in_settings where id = (access.live_session(in_secret)).account_id
$$;

-- ---------------------------------------------------------------------------------------------------------
-- The authority's directory says who works here.

-- An account as the directory has it: made or changed, its roles and teams those its groups stand for.
-- Roles and memberships that were given here by hand stay as they are.
create function access.follow_directory(in_issuer text, in_subject text, in_name text, in_email text, in_job_title text, in_groups text[]) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  who uuid;
begin
  insert into access.account as a (kind, display_name, job_title, email, directory_issuer, directory_subject)
  values ('directory', in_name, in_job_title, lower(in_email), in_issuer, in_subject)
  on conflict (directory_issuer, directory_subject)
  do update set display_name = excluded.display_name, job_title = excluded.job_title, email = excluded.email, active_to = null
  returning a.id into who;

  update access.account_role r set to_day = current_date - 1
   where r.account_id = who and r.source = 'directory' and r.to_day is null and r.from_day < current_date
     and not exists (select from access.directory_group g where g.role = r.role and g.directory_group = any (in_groups));
  delete from access.account_role r
   where r.account_id = who and r.source = 'directory' and r.to_day is null and r.from_day >= current_date
     and not exists (select from access.directory_group g where g.role = r.role and g.directory_group = any (in_groups));
  insert into access.account_role (account_id, role, source)
  select distinct who, g.role, 'directory' from access.directory_group g
   where g.directory_group = any (in_groups) and g.role is not null
     and not exists (select from access.account_role r where r.account_id = who and r.role = g.role and r.to_day is null);

  update access.membership m set to_day = current_date - 1
   where m.account_id = who and m.source = 'directory' and m.to_day is null and m.from_day < current_date
     and not exists (select from access.directory_group g where g.team_id = m.team_id and g.directory_group = any (in_groups));
  delete from access.membership m
   where m.account_id = who and m.source = 'directory' and m.to_day is null and m.from_day >= current_date
     and not exists (select from access.directory_group g where g.team_id = m.team_id and g.directory_group = any (in_groups));
  insert into access.membership (account_id, team_id, source)
  select distinct who, g.team_id, 'directory' from access.directory_group g
   where g.directory_group = any (in_groups) and g.team_id is not null
     and not exists (select from access.membership m where m.account_id = who and m.team_id = g.team_id and m.to_day is null);
  return who;
end $$;

-- A leaver: from this moment no session and no sign-in.
create function access.leave(in_account uuid, in_because text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.account set active_to = current_date - 1 where id = in_account and (active_to is null or active_to >= current_date);
  if found then
    update access.session set ended_at = clock_timestamp(), ended_because = in_because where account_id = in_account and ended_at is null;
    perform audit.write(jsonb_build_object('action', 'account closed', 'outcome', 'done', 'about', in_account, 'purpose', in_because));
  end if;
end $$;

-- The directory ended a session, or all of somebody's.
create function access.end_directory_sessions(in_issuer text, in_subject text, in_directory_session text) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  ended integer;
begin
  update access.session s set ended_at = clock_timestamp(), ended_because = 'ended by the directory'
    from access.account a
   where a.id = s.account_id and a.directory_issuer = in_issuer and s.ended_at is null
     and (in_subject is null or a.directory_subject = in_subject)
     and (in_directory_session is null or s.directory_session = in_directory_session)
     and coalesce(in_subject, in_directory_session) is not null;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- From the command line, by whoever runs the server.

create function access.make_account(in_email text, in_name text, in_job_title text, in_password_hash text, in_totp_secret bytea,
    in_roles text[], in_teams uuid[], in_id uuid default null) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  who uuid := coalesce(in_id, uuidv7());
begin
  insert into access.account (id, kind, display_name, job_title, email, password_hash, totp_secret)
  values (who, 'local', in_name, in_job_title, lower(in_email), in_password_hash, in_totp_secret);
  insert into access.account_role (account_id, role) select who, role from unnest(in_roles) role;
  insert into access.membership (account_id, team_id) select who, team from unnest(in_teams) team;
  perform audit.write(jsonb_build_object('action', 'account made', 'outcome', 'done', 'about', who, 'roles', to_jsonb(in_roles), 'client', 'command line'));
  return who;
end $$;

create function access.set_credentials(in_account uuid, in_password_hash text, in_totp_secret bytea) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.account set password_hash = coalesce(in_password_hash, password_hash), totp_secret = coalesce(in_totp_secret, totp_secret)
   where id = in_account and kind = 'local';
  update access.session set ended_at = clock_timestamp(), ended_because = 'new credentials' where account_id = in_account and ended_at is null;
  perform audit.write(jsonb_build_object('action', 'credentials set', 'outcome', 'done', 'about', in_account, 'client', 'command line'));
end $$;

create function access.set_role(in_account uuid, in_role text, in_until date, in_given boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if in_given then
    insert into access.account_role (account_id, role, to_day) values (in_account, in_role, in_until);
  else
    delete from access.account_role where account_id = in_account and role = in_role and from_day >= current_date;
    update access.account_role set to_day = current_date - 1
     where account_id = in_account and role = in_role and from_day < current_date and (to_day is null or to_day >= current_date);
  end if;
  perform audit.write(jsonb_build_object('action', case when in_given then 'role given' else 'role taken' end, 'outcome', 'done',
    'about', in_account, 'role', in_role, 'client', 'command line'));
end $$;

create function access.make_team(in_name text, in_parent uuid, in_kind text default 'social-work') returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.team (name, parent_id, kind) values (in_name, in_parent, in_kind)
  on conflict (name) do update set parent_id = excluded.parent_id, kind = excluded.kind returning id
$$;

-- Yesterday's attempts and expired openings are of no more use.
create function access.clear_expired() returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from access.sign_in_attempt where at < clock_timestamp() - interval '1 day';
  delete from access.opening where expires_at < clock_timestamp() - interval '1 hour';
  update access.session set ended_at = expires_at, ended_because = 'its time was over' where ended_at is null and expires_at < clock_timestamp();
end $$;

revoke execute on all routines in schema access from public;
do $$
declare
  kind text;
begin
  call foundation.grant_to('app', 'execute on function access.begin_sign_in(text, text), access.sign_in_failed(uuid), access.use_code(uuid, bigint), access.start_session(uuid, bytea, text, text, uuid, text), access.resolve_session(text), access.lock_session(text), access.begin_proof(text, text), access.note_proof(text, uuid), access.end_session(text), access.set_settings(text, jsonb)');
  call foundation.grant_to('app', 'execute on function access.follow_directory(text, text, text, text, text, text[]), access.end_directory_sessions(text, text, text)');
  call foundation.grant_to('jobs', 'execute on function access.follow_directory(text, text, text, text, text, text[]), access.leave(uuid, text), access.make_account(text, text, text, text, bytea, text[], uuid[], uuid), access.set_credentials(uuid, text, bytea), access.set_role(uuid, text, date, boolean), access.make_team(text, uuid, text), access.clear_expired(), access.roles_of(uuid), access.is_active(uuid)');
  call foundation.grant_to('jobs', 'select (directory_issuer, directory_subject, email) on table access.account');
end $$;
