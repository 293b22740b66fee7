-- The authority's directory, followed: at each sign-in, and by the hour for everybody who has signed in once.

alter table access.account
  add closed_here boolean not null default false,
  add directory_groups text[] not null default '{}';
comment on column access.account.closed_here is 'Closed by an administrator or from the command line: the directory does not open it again.';
comment on column access.account.directory_groups is 'Groups of the last answer of the directory, so that nobody gives a meaning to a group of their own.';

-- What the directory gives to ask again without the person: sealed with a key that is not in the database.
create table access.directory_token (
  account_id uuid primary key references access.account,
  sealed bytea not null,
  kept_at timestamptz not null default clock_timestamp(),
  asked_at timestamptz not null default clock_timestamp()
);

-- An account as the directory has it, or null: nobody whose groups mean nothing here works here. What was given here
-- by hand stays as it is.
create or replace function access.follow_directory(in_issuer text, in_subject text, in_name text, in_email text, in_job_title text, in_groups text[]) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  who access.account;
begin
  perform pg_advisory_xact_lock(hashtextextended(in_issuer || ' ' || in_subject, 0));
  select * into who from access.account a where a.directory_issuer = in_issuer and a.directory_subject = in_subject;
  if who.closed_here then
    raise exception 'This account was closed here' using errcode = 'CA002';
  end if;
  if not exists (select from access.directory_group g where g.directory_group = any (in_groups)) then
    if who.id is not null then
      perform access.keep_to_groups(who.id, '{}');
      perform access.left_directory(who.id, 'no group of the directory lets them in');
    end if;
    return null;
  end if;
  if exists (select from access.account a where a.email = lower(in_email) and a.id is distinct from who.id) then
    raise exception 'Another account has this e-mail address' using errcode = 'CA008';
  end if;
  if who.id is null then
    insert into access.account (kind, display_name, job_title, email, directory_issuer, directory_subject, directory_groups)
    values ('directory', in_name, in_job_title, lower(in_email), in_issuer, in_subject, in_groups) returning * into who;
    perform audit.write(jsonb_build_object('action', 'account made', 'outcome', 'done', 'about', who.id, 'client', 'directory'));
  else
    update access.account set display_name = in_name, job_title = in_job_title, email = lower(in_email), active_to = null, directory_groups = in_groups
     where id = who.id;
  end if;
  perform access.keep_to_groups(who.id, in_groups);
  return who.id;
end $$;

-- Roles and teams that came with groups: those no longer there end today, new ones begin.
create function access.keep_to_groups(in_account uuid, in_groups text[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  had text[] := access.roles_of(in_account);
  has text[];
begin
  delete from access.account_role r
   where r.account_id = in_account and r.source = 'directory' and r.to_day is null and r.from_day >= current_date
     and not exists (select from access.directory_group g where g.role = r.role and g.directory_group = any (in_groups));
  update access.account_role r set to_day = current_date - 1
   where r.account_id = in_account and r.source = 'directory' and r.to_day is null
     and not exists (select from access.directory_group g where g.role = r.role and g.directory_group = any (in_groups));
  insert into access.account_role (account_id, role, source)
  select distinct in_account, g.role, 'directory' from access.directory_group g
   where g.directory_group = any (in_groups) and g.role is not null
     and not exists (select from access.account_role r where r.account_id = in_account and r.role = g.role and r.to_day is null);
  delete from access.membership m
   where m.account_id = in_account and m.source = 'directory' and m.to_day is null and m.from_day >= current_date
     and not exists (select from access.directory_group g where g.team_id = m.team_id and g.directory_group = any (in_groups));
  update access.membership m set to_day = current_date - 1
   where m.account_id = in_account and m.source = 'directory' and m.to_day is null
     and not exists (select from access.directory_group g where g.team_id = m.team_id and g.directory_group = any (in_groups));
  insert into access.membership (account_id, team_id, source)
  select distinct in_account, g.team_id, 'directory' from access.directory_group g
   where g.directory_group = any (in_groups) and g.team_id is not null
     and not exists (select from access.membership m where m.account_id = in_account and m.team_id = g.team_id and m.to_day is null);
  has := access.roles_of(in_account);
  if has <> had then
    perform audit.write(jsonb_build_object('action', 'roles follow the directory', 'outcome', 'done', 'about', in_account, 'roles', to_jsonb(has), 'before', to_jsonb(had)));
  end if;
end $$;

-- A leaver of the directory: out at once, and in again when the directory says so.
create function access.left_directory(in_account uuid, in_because text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from access.directory_token where account_id = in_account;
  update access.account set active_to = current_date - 1 where id = in_account and (active_to is null or active_to >= current_date);
  if found then
    update access.session set ended_at = clock_timestamp(), ended_because = in_because where account_id = in_account and ended_at is null;
    perform audit.write(jsonb_build_object('action', 'account closed', 'outcome', 'done', 'about', in_account, 'purpose', in_because));
  end if;
end $$;

-- Closed from the command line: also for the directory.
create or replace function access.leave(in_account uuid, in_because text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from access.directory_token where account_id = in_account;
  update access.account set active_to = least(active_to, current_date - 1), closed_here = true where id = in_account;
  update access.session set ended_at = clock_timestamp(), ended_because = in_because where account_id = in_account and ended_at is null;
  perform audit.write(jsonb_build_object('action', 'account closed', 'outcome', 'done', 'about', in_account, 'purpose', in_because));
end $$;

create function access.note_closed_here() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.active_to is null then
    new.closed_here := false;
  end if;
  return new;
end $$;
create trigger open_again before update of active_to on access.account for each row execute function access.note_closed_here();

create or replace function access.end_account(in_secret text, in_account uuid, in_last_day date) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if s.account_id = in_account then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  update access.account set active_to = in_last_day, closed_here = true where id = in_account;
  if in_last_day < current_date then
    delete from access.directory_token where account_id = in_account;
    update access.session set ended_at = clock_timestamp(), ended_because = 'the account was closed' where account_id = in_account and ended_at is null;
  end if;
  perform access.note_administration(s, 'account closed', in_account, jsonb_build_object('until', in_last_day));
end $$;

-- Nobody gives a meaning to a group they are in themselves: that would be a grant to oneself (T13).
create or replace function access.set_directory_group(in_secret text, in_group text, in_role text, in_team uuid, in_kept boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_fresh_administrator(in_secret);
begin
  if in_group = any ((select a.directory_groups from access.account a where a.id = s.account_id)::text[]) then
    raise exception 'Nobody changes their own access' using errcode = 'CA007';
  end if;
  if in_kept then
    insert into access.directory_group values (in_group, in_role, in_team) on conflict do nothing;
  else
    delete from access.directory_group where directory_group = in_group and role is not distinct from in_role and team_id is not distinct from in_team;
  end if;
  perform access.note_administration(s, case when in_kept then 'directory group given' else 'directory group taken' end, null,
    jsonb_build_object('group', in_group, 'role', in_role, 'team', in_team));
end $$;

create function access.keep_directory_token(in_account uuid, in_sealed bytea) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.directory_token (account_id, sealed) values (in_account, in_sealed)
  on conflict (account_id) do update set sealed = excluded.sealed, kept_at = clock_timestamp(), asked_at = clock_timestamp()
$$;

-- Whom to ask the directory about, those not asked for longest first.
create function access.directory_tokens(out account_id uuid, out issuer text, out sealed bytea) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select t.account_id, a.directory_issuer, t.sealed from access.directory_token t join access.account a on a.id = t.account_id
   order by t.asked_at
$$;

-- From the command line and tests: what belonging to a group means.
create function access.map_directory_group(in_group text, in_role text, in_team uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.directory_group values (in_group, in_role, in_team) on conflict do nothing
$$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.keep_directory_token(uuid, bytea)');
  call foundation.grant_to('jobs', 'execute on function access.keep_directory_token(uuid, bytea), access.directory_tokens(), access.left_directory(uuid, text), access.map_directory_group(text, text, uuid)');
end $$;
