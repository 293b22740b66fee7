-- Accounts kept by whoever looks after them: on pages by an administrator (A-ADM), never for themselves; from the command
-- line by whoever runs the server.

-- ---------------------------------------------------------------------------------------------------------
-- On pages. Every step asks for fresh proof and writes a line to the trail.

create function access.require_administrator(in_secret text) returns access.session
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.live_session(in_secret);
begin
  if s.id is null then
    raise exception 'There is no open session' using errcode = 'CA001';
  end if;
  if not (access.is_active(s.account_id) and access.roles_of(s.account_id) && '{A-ADM}'::text[]) then
    raise exception 'This is for administrators of accounts' using errcode = 'CA006';
  end if;
  return s;
end $$;

create function access.require_fresh_administrator(in_secret text) returns access.session
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_administrator(in_secret);
begin
  if not access.is_proven(in_secret) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
  return s;
end $$;

create function access.note_administration(in_session access.session, in_action text, in_about uuid, in_details jsonb) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select audit.write(jsonb_strip_nulls(in_details || jsonb_build_object('action', in_action, 'outcome', 'done',
    'actor', in_session.account_id, 'session', in_session.id, 'about', in_about)))
$$;

-- Accounts with what only their administrator sees: e-mail addresses, and whether a code is enrolled.
create function access.accounts_to_administer(in_secret text, out id uuid, out kind text, out name text, out job_title text, out email text,
    out active_from date, out active_to date, out enrolled boolean, out last_seen timestamptz, out roles text[], out teams text[]) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform access.require_administrator(in_secret);
  return query
    select a.id, a.kind, a.display_name, a.job_title, a.email, a.active_from, a.active_to, a.totp_secret is not null or a.kind = 'directory',
           (select max(s.seen_at) from access.session s where s.account_id = a.id),
           access.roles_of(a.id),
           (select coalesce(array_agg(t.name order by t.name), '{}') from access.membership m join access.team t on t.id = m.team_id
             where m.account_id = a.id and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date))
      from access.account a;
end $$;

create function access.add_account(in_secret text, in_name text, in_job_title text, in_email text, in_password_hash text, in_from date) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
  made uuid;
begin
  insert into access.account (kind, display_name, job_title, email, password_hash, active_from)
  values ('local', in_name, in_job_title, lower(btrim(in_email)), in_password_hash, in_from)
  on conflict (email) do nothing returning id into made;
  if made is not null then
    perform access.note_administration(s, 'account made', made, '{}');
  end if;
  return made;
end $$;

create function access.change_account(in_secret text, in_account uuid, in_name text, in_job_title text, in_email text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if exists (select from access.account a where a.email = lower(btrim(in_email)) and a.id <> in_account) then
    return false;
  end if;
  update access.account set display_name = in_name, job_title = in_job_title, email = lower(btrim(in_email)) where id = in_account;
  perform access.note_administration(s, 'account changed', in_account, '{}');
  return true;
end $$;

-- The last day: a day to come, today, or the day before today, which ends every session now.
create function access.end_account(in_secret text, in_account uuid, in_last_day date) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  update access.account set active_to = in_last_day where id = in_account;
  if in_last_day < current_date then
    update access.session set ended_at = clock_timestamp(), ended_because = 'the account was closed' where account_id = in_account and ended_at is null;
  end if;
  perform access.note_administration(s, 'account closed', in_account, jsonb_build_object('until', in_last_day));
end $$;

create function access.reopen_account(in_secret text, in_account uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  update access.account set active_to = null where id = in_account;
  perform access.note_administration(s, 'account opened again', in_account, '{}');
end $$;

-- A new first password; the one-time code is enrolled anew, and whoever was signed in is not.
create function access.reset_account(in_secret text, in_account uuid, in_password_hash text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if not access.forget_credentials(in_account, in_password_hash) then
    return false;
  end if;
  perform access.note_administration(s, 'credentials set', in_account, '{}');
  return true;
end $$;

create function access.forget_credentials(in_account uuid, in_password_hash text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.account set password_hash = in_password_hash, totp_secret = null, totp_last_step = 0 where id = in_account and kind = 'local';
  if not found then
    return false;
  end if;
  update access.session set ended_at = clock_timestamp(), ended_because = 'new credentials' where account_id = in_account and ended_at is null;
  return true;
end $$;

-- A role for a while or for good. Nobody grants to themselves (T13): the table says it once more.
create function access.give_role(in_secret text, in_account uuid, in_role text, in_from date, in_to date) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if exists (select from access.account_role r where r.account_id = in_account and r.role = in_role
              and daterange(r.from_day, r.to_day, '[]') && daterange(in_from, in_to, '[]')) then
    return false;
  end if;
  insert into access.account_role (account_id, role, from_day, to_day, granted_by) values (in_account, in_role, in_from, in_to, s.account_id);
  perform access.note_administration(s, 'role given', in_account, jsonb_build_object('role', in_role, 'from', in_from, 'until', in_to));
  return true;
end $$;

-- Its last day is yesterday: it is gone now. One that began today never was.
create function access.take_role(in_secret text, in_id uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
  r access.account_role := (select x from access.account_role x where x.id = in_id);
begin
  if s.account_id = r.account_id then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if r.from_day >= current_date then
    delete from access.account_role where id = in_id;
  else
    update access.account_role set to_day = current_date - 1 where id = in_id and (to_day is null or to_day >= current_date);
  end if;
  perform access.note_administration(s, 'role taken', r.account_id, jsonb_build_object('role', r.role));
end $$;

create function access.join_team(in_secret text, in_account uuid, in_team uuid, in_from date, in_to date) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if exists (select from access.membership m where m.account_id = in_account and m.team_id = in_team
              and daterange(m.from_day, m.to_day, '[]') && daterange(in_from, in_to, '[]')) then
    return false;
  end if;
  insert into access.membership (account_id, team_id, from_day, to_day) values (in_account, in_team, in_from, in_to);
  perform access.note_administration(s, 'team joined', in_account, jsonb_build_object('team', in_team, 'from', in_from, 'until', in_to));
  return true;
end $$;

create function access.leave_team(in_secret text, in_id uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
  m access.membership := (select x from access.membership x where x.id = in_id);
begin
  if s.account_id = m.account_id then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if m.from_day >= current_date then
    delete from access.membership where id = in_id;
  else
    update access.membership set to_day = current_date - 1 where id = in_id and (to_day is null or to_day >= current_date);
  end if;
  perform access.note_administration(s, 'team left', m.account_id, jsonb_build_object('team', m.team_id));
end $$;

-- One supervisor at a time: a new one ends the one before.
create function access.set_supervisor(in_secret text, in_account uuid, in_supervisor uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if in_supervisor = in_account or in_account = any (access.supervisors_of(in_supervisor)) then
    return false;
  end if;
  perform access.replace_supervisor(in_account, in_supervisor);
  perform access.note_administration(s, 'supervisor set', in_account, jsonb_build_object('supervisor', in_supervisor));
  return true;
end $$;

create function access.replace_supervisor(in_account uuid, in_supervisor uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from access.supervision where account_id = in_account and from_day >= current_date;
  update access.supervision set to_day = current_date - 1
   where account_id = in_account and (to_day is null or to_day >= current_date);
  if in_supervisor is not null then
    insert into access.supervision (account_id, supervisor_id) values (in_account, in_supervisor);
  end if;
end $$;

create function access.save_team(in_secret text, in_id uuid, in_name text, in_parent uuid, in_kind text, in_active_to date) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
  saved uuid;
begin
  if exists (select from access.team t where lower(t.name) = lower(in_name) and t.id is distinct from in_id)
     or in_id is not null and in_id = any (access.team_and_above(array[in_parent])) then
    return null;
  end if;
  if in_id is null then
    insert into access.team (name, parent_id, kind, active_to) values (in_name, in_parent, in_kind, in_active_to) returning id into saved;
  else
    update access.team set name = in_name, parent_id = in_parent, kind = in_kind, active_to = in_active_to where id = in_id returning id into saved;
  end if;
  perform access.note_administration(s, 'team saved', null, jsonb_build_object('team', saved));
  return saved;
end $$;

-- What belonging to a group of the directory means here.
create function access.set_directory_group(in_secret text, in_group text, in_role text, in_team uuid, in_kept boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if in_kept then
    insert into access.directory_group values (in_group, in_role, in_team) on conflict do nothing;
  else
    delete from access.directory_group where directory_group = in_group and role is not distinct from in_role and team_id is not distinct from in_team;
  end if;
  perform access.note_administration(s, case when in_kept then 'directory group given' else 'directory group taken' end, null,
    jsonb_build_object('group', in_group, 'role', in_role, 'team', in_team));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- From the command line, and for the demonstration.

create function access.accounts_listed(out id uuid, out kind text, out name text, out job_title text, out email text, out active_to date,
    out enrolled boolean, out roles text[], out teams text[]) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select a.id, a.kind, a.display_name, a.job_title, a.email, a.active_to, a.totp_secret is not null or a.kind = 'directory',
         access.roles_of(a.id),
         (select coalesce(array_agg(t.name order by t.name), '{}') from access.membership m join access.team t on t.id = m.team_id
           where m.account_id = a.id and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date))
    from access.account a order by a.display_name, a.email
$$;

create function access.reset_credentials(in_account uuid, in_password_hash text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not access.forget_credentials(in_account, in_password_hash) then
    return false;
  end if;
  perform audit.write(jsonb_build_object('action', 'credentials set', 'outcome', 'done', 'about', in_account, 'client', 'command line'));
  return true;
end $$;

create function access.supervise(in_account uuid, in_supervisor uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform access.replace_supervisor(in_account, in_supervisor);
  perform audit.write(jsonb_build_object('action', 'supervisor set', 'outcome', 'done', 'about', in_account, 'supervisor', in_supervisor, 'client', 'command line'));
end $$;

create function access.put_on_duty(in_account uuid, in_team uuid, in_from timestamptz, in_to timestamptz) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.duty (account_id, team_id, during) values (in_account, in_team, tstzrange(in_from, in_to))
$$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.accounts_to_administer(text), access.add_account(text, text, text, text, text, date), access.change_account(text, uuid, text, text, text), access.end_account(text, uuid, date), access.reopen_account(text, uuid), access.reset_account(text, uuid, text), access.give_role(text, uuid, text, date, date), access.take_role(text, uuid), access.join_team(text, uuid, uuid, date, date), access.leave_team(text, uuid), access.set_supervisor(text, uuid, uuid), access.save_team(text, uuid, text, uuid, text, date), access.set_directory_group(text, text, text, uuid, boolean)');
  call foundation.grant_to('jobs', 'execute on function access.accounts_listed(), access.reset_credentials(uuid, text), access.supervise(uuid, uuid), access.put_on_duty(uuid, uuid, timestamptz, timestamptz)');
end $$;
