-- Restrictions come before anything else that is brought across. Until they have, a record that must be hidden cannot be
-- told from any other, so that the whole of it is closed to everybody but the migration team.

insert into access.role values ('A-MIG', 'Migration team');
insert into access.role_reach (role, rule, level, groups, may_write, needs_reason)
select 'A-MIG', 'reason', 'full', array(select code from foundation.field_group where code not in ('F04', 'F21', 'F23', 'F28', 'F29', 'F33', 'F34', 'F36') order by code), false, true;
insert into access.role_reach (role, rule, level, groups, may_write) values ('A-MIG', 'search', 'index', '{F01,F26}', false);

alter table access.setting add column restrictions_awaited_since timestamptz;
comment on column access.setting.restrictions_awaited_since is
  'Set while a record was brought across whose restrictions have not been loaded: only the migration team opens anything.';

-- Rows of the file of restrictions, kept so that whoever comes in later is restricted from their first moment.
create table importing.restriction_row (
  system text not null,
  source_id text not null,
  kind text not null check (kind in ('restricted', 'staff-family', 'adopted', 'not-to-be-known', 'hidden-address')),
  reason text not null,
  review_on date,
  readers uuid[] not null default '{}',
  file text not null,
  line integer not null,
  run_id uuid not null references importing.run,
  primary key (system, source_id, kind)
);
alter table importing.restriction_row enable row level security;

create function access.awaits_restrictions(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (select from access.setting s where s.restrictions_awaited_since is not null)
     and not 'A-MIG' = any (access.roles_of(in_account));

-- Every decision, whatever it would be, is no while restrictions are awaited.
alter function access.decide(uuid, uuid, text[], text, boolean, text) rename to decide_by_need;
create function access.decide(in_account uuid, in_person uuid, in_groups text[], in_level text, in_write boolean, in_reason text)
  returns access.decision
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d access.decision;
begin
  if not access.awaits_restrictions(in_account) then
    return access.decide_by_need(in_account, in_person, in_groups, in_level, in_write, in_reason);
  end if;
  d.outcome := 'refused';
  d.may_ask := false;
  d.people := access.alias_set(in_person);
  d.why := case when cardinality(d.people) = 0 then 'not-found' else 'restrictions-awaited' end;
  d.truth := 'restrictions of the record brought across have not been loaded';
  return d;
end $$;

-- The same for lists and for new people, and for whatever else makes an opening.
create function access.refuse_while_awaited() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.kind in ('record', 'list') and new.expires_at > clock_timestamp() and access.awaits_restrictions((select s.account_id from access.session s where s.id = new.session_id)) then
    raise exception 'Restrictions of the record brought across have not been loaded' using errcode = 'CA021';
  end if;
  return new;
end $$;
create trigger refuse_while_awaited before insert or update on access.opening for each row execute function access.refuse_while_awaited();

create function importing.await_restrictions() returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- A file of which a row is held has hidden less than it should: it does not count.
  if exists (select from importing.run r where r.source = 'restrictions' and r.state = 'finished' and r.problems = 0) then
    return false;
  end if;
  update access.setting set restrictions_awaited_since = clock_timestamp() where restrictions_awaited_since is null;
  -- What is open closes with it.
  update access.opening set expires_at = clock_timestamp() where expires_at > clock_timestamp() and kind <> 'actor'
     and access.awaits_restrictions((select s.account_id from access.session s where s.id = session_id));
  return true;
end $$;

create function importing.restrictions_loaded() returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.setting set restrictions_awaited_since = null where restrictions_awaited_since is not null
$$;

revoke execute on all routines in schema access from public;
revoke execute on all routines in schema importing from public;
do $$
begin
  call foundation.grant_to('jobs', 'select, insert, update, delete on table importing.restriction_row');
  call foundation.grant_to('jobs', 'execute on function importing.await_restrictions(), importing.restrictions_loaded()');
  execute format('create policy jobs_write on importing.restriction_row for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
