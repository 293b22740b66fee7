-- What signing in needs besides 0120: the first time, demonstration accounts, one's own sessions and password.

-- Accounts that the sign-in page of a demonstration lists, with who they are. Empty wherever real people work.
create table access.demonstration_account (
  account_id uuid primary key references access.account,
  says text not null check (says <> ''),
  rank integer not null
);
comment on table access.demonstration_account is 'Invented workers of a demonstration. The web asks for it only when the database is the embedded one.';

create function access.demonstration_accounts(out account_id uuid, out name text, out job_title text, out email text, out says text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select a.id, a.display_name, a.job_title, a.email, d.says
    from access.demonstration_account d join access.account a on a.id = d.account_id
   where access.is_active(a.id) and a.kind = 'local'
   order by d.rank, a.display_name
$$;

create function access.show_in_demonstration(in_account uuid, in_says text, in_rank integer) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.demonstration_account values (in_account, in_says, in_rank)
  on conflict (account_id) do update set says = excluded.says, rank = excluded.rank
$$;

-- The first sign-in: a password of one's own and the one-time code, once. Only within a quarter of an hour of an
-- attempt at this account's name whose password was right.
create function access.enrol(in_account uuid, in_attempt uuid, in_password_hash text, in_totp_secret bytea, in_step bigint) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.account a set password_hash = in_password_hash, totp_secret = in_totp_secret, totp_last_step = in_step
   where a.id = in_account and a.kind = 'local' and a.totp_secret is null and access.is_active(a.id)
     and exists (select from access.sign_in_attempt t
                  where t.id = in_attempt and t.name_hash = access.hash_of(a.email) and t.at > clock_timestamp() - interval '15 minutes');
  if found then
    perform audit.write(jsonb_build_object('action', 'one-time code enrolled', 'outcome', 'done', 'actor', in_account));
    return true;
  end if;
  return false;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- One's own sessions: every worker sees where they are signed in and ends what is not theirs.

create function access.my_sessions(in_secret text, out id uuid, out method text, out client text, out started_at timestamptz,
    out seen_at timestamptz, out expires_at timestamptz, out locked boolean, out mine boolean, out ended_at timestamptz, out ended_because text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select s.id, s.method, s.client, s.started_at, s.seen_at, s.expires_at, s.locked_at is not null or s.idle_until <= clock_timestamp(),
         s.id = me.id,
         coalesce(s.ended_at, case when s.expires_at <= clock_timestamp() then s.expires_at end),
         coalesce(s.ended_because, case when s.expires_at <= clock_timestamp() then 'its time was over' end)
    from access.live_session(in_secret) me join access.session s on s.account_id = me.account_id
   where me.id is not null and s.started_at > clock_timestamp() - interval '90 days'
   order by (s.ended_at is null and s.expires_at > clock_timestamp()) desc, s.started_at desc limit 50
$$;

create function access.end_my_session(in_secret text, in_id uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me access.session := access.live_session(in_secret);
begin
  update access.session s set ended_at = clock_timestamp(), ended_because = 'ended from another place'
   where s.id = in_id and s.account_id = me.account_id and s.ended_at is null;
  if found then
    perform audit.write(jsonb_build_object('action', 'session ended', 'outcome', 'done', 'actor', me.account_id, 'session', me.id, 'ended', in_id));
    return true;
  end if;
  return false;
end $$;

-- Whether this session proved who sits there within the minutes that steps like emergency access ask for.
create function access.is_proven(in_secret text) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(s.reauthenticated_at > clock_timestamp() - make_interval(mins => r.reauthentication_minutes), false)
            from access.live_session(in_secret) s, access.setting r);

-- A new password of one's own, after proof; every other session ends.
create function access.set_my_password(in_secret text, in_password_hash text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me access.session := access.live_session(in_secret);
begin
  if not coalesce(access.is_proven(in_secret), false) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
  update access.account set password_hash = in_password_hash where id = me.account_id and kind = 'local';
  if not found then
    return false;
  end if;
  update access.session set ended_at = clock_timestamp(), ended_because = 'new password'
   where account_id = me.account_id and id <> me.id and ended_at is null;
  perform audit.write(jsonb_build_object('action', 'password changed', 'outcome', 'done', 'actor', me.account_id, 'session', me.id));
  return true;
end $$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function access.demonstration_accounts()');
  call foundation.grant_to('app', 'execute on function access.demonstration_accounts(), access.enrol(uuid, uuid, text, bytea, bigint), access.my_sessions(text), access.end_my_session(text, uuid), access.is_proven(text), access.set_my_password(text, text)');
  call foundation.grant_to('jobs', 'execute on function access.show_in_demonstration(uuid, text, integer)');
end $$;
