-- A transaction that reads names the openings it was made for, by id: the look at the openings (0140), once for each table
-- that a statement names, is then one row by its key, whatever else the session has open. Naming only narrows: an opening
-- counts by the rule of 0140 and by no other, so that one of somebody else, one that is over, or one made in this very
-- transaction is none, named or not; and whoever names nothing reads by all that the session has open
-- (docs/decisions/what-guarded-reading-costs.md).

create view access.named_now as
  select o.people, o.groups
    from access.opening o
   where o.id = any (current_setting('cairn.openings', true)::uuid[]) and o.kind = 'record'
     -- Asked in this way it is no key of an index: the way there is by the id.
     and o.session_id is not distinct from (select s.id from access.session_now s)
     and o.expires_at > clock_timestamp()
     and o.server_started = pg_postmaster_start_time()
     and o.opened_in is distinct from pg_current_xact_id_if_assigned();
comment on view access.named_now is 'Of the openings of records that this transaction names, those of its session that count. For the functions here: granted to nobody.';

create or replace function access.open_ids(in_group text) returns uuid[]
  language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
begin
  if current_setting('cairn.openings', true) <> '' then
    return array(select unnest(o.people) from access.named_now o where in_group = any (o.groups));
  end if;
  return array(select unnest(o.people) from access.open_now o where o.kind = 'record' and in_group = any (o.groups));
end $$;

create or replace function access.open_pairs(out person uuid, out field_group text) returns setof record
  language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
begin
  if current_setting('cairn.openings', true) <> '' then
    return query
      select one, of_group from access.named_now o cross join unnest(o.people) as one cross join unnest(o.groups) as of_group;
  else
    return query
      select one, of_group from access.open_now o cross join unnest(o.people) as one cross join unnest(o.groups) as of_group
       where o.kind = 'record';
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Opening says which opening it made.

drop function access.keep_open(uuid, text, uuid[], text[], text, text, boolean, timestamptz);
create function access.keep_open(in_session uuid, in_kind text, in_people uuid[], in_groups text[], in_level text, in_rule text,
    in_may_write boolean, in_ends timestamptz) returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.opening (session_id, kind, people, groups, level, rule, may_write, expires_at)
  values (in_session, in_kind, in_people, in_groups, in_level, in_rule, in_may_write, in_ends)
  on conflict (session_id, kind, hash_array_extended(people, 0), hash_array_extended(people, 1), groups, may_write) do update
    set level = excluded.level, rule = excluded.rule, opened_in = excluded.opened_in, server_started = excluded.server_started,
        expires_at = excluded.expires_at
  returning id
$$;

drop function access.open_record(text, uuid, text, text[], text, text, text, text, text);
create function access.open_record(in_secret text, in_person uuid, in_purpose text, in_groups text[] default null,
    in_level text default 'full', in_action text default 'view', in_reason text default null,
    in_client text default null, in_correlation text default null,
    out outcome text, out rule text, out groups text[], out level text, out writable text[], out why text,
    out may_ask_emergency boolean, out people uuid[], out restriction smallint, out break_glass uuid, out opening uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- For all that is called from here: plans that are kept. With arrays for parameters PostgreSQL would plan anew each time.
  set plan_cache_mode = force_generic_plan
as $$
declare
  s access.session := access.require_session(in_secret);
  d access.decision;
  ends timestamptz := access.opening_ends();
  until_at timestamptz;
begin
  if length(btrim(coalesce(in_purpose, ''))) < 3 then
    raise exception 'A record is opened for a purpose' using errcode = 'CA003';
  end if;
  d := access.decide(s.account_id, in_person, in_groups, in_level, in_action = 'write', in_reason);
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'subject', in_person,
    'section', to_jsonb(coalesce(d.groups, in_groups)), 'level', coalesce(d.level, in_level), 'action', in_action,
    'purpose', in_purpose, 'reason', in_reason, 'rule', d.rule, 'breakGlass', d.break_glass,
    'restriction', nullif(d.restriction, 0), 'client', in_client, 'session', s.id, 'correlation', in_correlation,
    'outcome', d.outcome, 'why', d.truth,
    'alias', case when cardinality(d.people) > 1 then to_jsonb(d.people) end)));
  outcome := d.outcome;
  why := d.why;
  -- What must not be known gives no hint here either: whoever may break a seal must know of the record already.
  may_ask_emergency := d.may_ask and d.why is distinct from 'not-found';
  if d.outcome = 'allowed' then
    if d.break_glass is not null then
      select b.until_at into until_at from access.break_glass b where b.id = d.break_glass;
      ends := least(ends, until_at);
    end if;
    opening := access.keep_open(s.id, 'record', d.people, d.groups, d.level, d.rule, false, ends);
    if cardinality(d.write_groups) > 0 then
      perform access.keep_open(s.id, 'record', d.people, d.write_groups, 'full', d.rule, true, ends);
    end if;
    rule := d.rule;
    groups := d.groups;
    writable := d.write_groups;
    level := d.level;
    people := d.people;
    restriction := d.restriction;
    break_glass := d.break_glass;
  end if;
end $$;

drop function access.open_new_person(text, text, text, text);
create function access.open_new_person(in_secret text, in_purpose text, in_client text default null, in_correlation text default null,
    out outcome text, out person uuid, out groups text[], out why text, out opening uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  select array_agg(distinct grp order by grp) into groups
    from access.role_reach rr cross join unnest(rr.groups) as grp
   where rr.role = any (access.roles_of(s.account_id)) and rr.rule = 'new-person' and rr.may_write
     and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date);
  if groups is null or not access.is_active(s.account_id) then
    outcome := 'refused';
    why := 'no-need';
    groups := null;
  else
    outcome := 'allowed';
    person := gen_random_uuid();
    opening := access.keep_open(s.id, 'record', array[person], groups, 'full', 'new-person', true, access.opening_ends());
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'subject', person, 'section', to_jsonb(groups),
    'level', 'full', 'action', 'create', 'purpose', in_purpose, 'rule', 'new-person', 'client', in_client, 'session', s.id,
    'correlation', in_correlation, 'outcome', outcome, 'why', why)));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- The decision (0140) as before, in fewer steps: field groups are bits of a number while it is made, F09 the ninth, and
-- what nearly nobody has is asked for before it is gone into.

-- Null, which means every group, is every bit.
create function access.group_bits(in_groups text[]) returns bigint
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return case when in_groups is null then -1
              else (select coalesce(bit_or(1::bigint << substr(one, 2)::integer), 0) from unnest(in_groups) as one
                     where length(one) = 3 and one collate "C" between 'F00' and 'F39') end;

create function access.groups_of_bits(in_bits bigint) returns text[]
  language sql stable
  set search_path = pg_catalog, pg_temp
  return array(select g.code from foundation.field_group g where in_bits >> substr(g.code, 2)::integer & 1 = 1 order by g.code);

alter table access.role_reach add group_bits bigint not null generated always as (access.group_bits(groups)) stored;

create or replace function access.decide_by_need(in_account uuid, in_person uuid, in_groups text[], in_level text, in_write boolean, in_reason text)
  returns access.decision
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d access.decision;
  roles text[];
  rules text[];
  asked bigint;
  most integer;
  highest integer;
  held record;
  kept access.restriction_rule;
  within bigint := -1;
  closed bigint := 0;
  found_groups bigint;
  found_writable bigint;
  conflict text;
  emergency record;
  reason_given boolean := length(btrim(coalesce(in_reason, ''))) >= 3;
  without_reason boolean;
begin
  d.outcome := 'refused';
  d.may_ask := false;
  d.people := access.with_aliases(array[in_person]);
  if not access.is_active(in_account) then
    d.why := 'no-need';
    d.truth := 'the account is closed';
    return d;
  end if;
  if cardinality(d.people) = 0 then
    d.why := 'not-found';
    d.truth := 'there is no such person';
    return d;
  end if;
  select g.rank, access.group_bits(coalesce(in_groups, g.groups)) into most, asked from access.level_groups g where g.level = in_level;
  if most is null then
    raise exception 'There is no level %', in_level;
  end if;
  roles := access.roles_of(in_account);
  rules := access.rules_for(in_account, d.people) || '{any-child,reason}'::text[];
  -- Nearly nobody is restricted.
  d.restriction := 0;
  if exists (select from access.restricted r where r.person_id = any (d.people)) then
    select * into held from access.restriction_held(d.people, in_account);
    d.restriction := held.level;
    closed := access.group_bits(held.sections);
  end if;
  select b.id, b.writing_since is not null as may_write into emergency from access.break_glass b
   where b.account_id = in_account and b.person_id = any (d.people) and b.until_at > clock_timestamp() and b.ended_at is null
   order by b.writing_since is not null desc, b.until_at desc limit 1;
  if emergency.id is not null then
    rules := rules || 'break-glass'::text;
  end if;

  -- Restricted, sealed or not to be known: the list decides, before anything else can say that the record exists.
  if d.restriction >= 2 then
    select * into kept from access.restriction_rule r where r.level = held.level;
    if held.named and (kept.only_roles is null or roles && kept.only_roles) then
      rules := rules || 'named'::text;
      roles := case when kept.only_roles is null then roles
                    else array(select unnest(roles) intersect select unnest(kept.only_roles)) end;
    elsif roles && kept.also_roles then
      roles := array(select unnest(roles) intersect select unnest(kept.also_roles));
      rules := array(select unnest(rules) except select unnest('{any-child,reason}'::text[]));
    elsif roles && kept.break_glass_roles and emergency.id is not null then
      rules := '{break-glass}';
    elsif roles && kept.log_roles then
      rules := '{reason}';
      within := access.group_bits('{F33}');
    elsif roles && kept.hint_roles then
      d.why := 'restricted';
      d.truth := 'restricted: ' || kept.name;
      d.may_ask := roles && kept.break_glass_roles
        and access.conflict_between(in_account, d.people) is null;
      return d;
    else
      d.why := 'not-found';
      d.truth := 'restricted: ' || kept.name;
      d.may_ask := roles && kept.break_glass_roles
        and access.conflict_between(in_account, d.people) is null;
      return d;
    end if;
  end if;

  conflict := access.conflict_between(in_account, d.people);
  if conflict is not null then
    d.why := conflict;
    d.truth := conflict;
    return d;
  end if;

  select bit_or(r.bits) filter (where r.usable),
         bit_or(r.bits) filter (where r.usable and r.may_write and r.level_rank = 3),
         (array_agg(r.rule order by r.level_rank desc, r.rank) filter (where r.usable))[1],
         max(r.level_rank) filter (where r.usable),
         bool_or(r.needs_reason)
    into found_groups, found_writable, d.rule, highest, without_reason
    from (
      select rr.rule, ru.rank, least(lg.rank, most) as level_rank, rr.needs_reason, not rr.needs_reason or reason_given as usable,
             rr.may_write and (rr.rule <> 'break-glass' or emergency.may_write) as may_write,
             -- Sensitive sections: the allocated worker and the manager (E.3, L1), and whoever answers a request for them.
             rr.group_bits & asked & within
               & case when rr.rule in ('allocated', 'advising', 'adoption', 'supervising-line', 'named', 'rights-request')
                        or rr.rule = 'team' and rr.role in ('A-TM', 'A-SM') then -1 else ~closed end as bits
        from access.role_reach rr
        join access.rule ru on ru.code = rr.rule
        join access.level_groups lg on lg.level = rr.level
       where rr.role = any (roles) and rr.rule = any (rules)
         and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)) r
   where r.bits <> 0;

  d.may_ask := emergency.id is null and exists (
    select from access.role_reach rr
     where rr.role = any (roles) and rr.rule = 'break-glass'
       and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)
       and rr.group_bits & asked & ~coalesce(found_groups, 0) <> 0);

  if found_groups is not null and (not in_write or found_writable is not null) then
    d.outcome := 'allowed';
    d.level := (select g.level from access.level_groups g where g.rank = highest);
    d.break_glass := case when d.rule = 'break-glass' then emergency.id end;
    d.groups := access.groups_of_bits(found_groups);
    d.write_groups := case when in_write then access.groups_of_bits(found_writable) else '{}' end;
    return d;
  end if;
  d.rule := null;
  if without_reason and not reason_given then
    d.why := 'reason-needed';
  else
    d.why := 'no-need';
  end if;
  d.truth := case when in_write then 'no rule lets this account write that' else 'no rule gives this account need to know' end;
  return d;
end $$;

-- Most of the time nothing is awaited, and it need not be known whose session it is.
create or replace function access.refuse_while_awaited() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.kind in ('record', 'list') and new.expires_at > clock_timestamp()
     and exists (select from access.setting s where s.restrictions_awaited_since is not null)
     and access.awaits_restrictions((select s.account_id from access.session s where s.id = new.session_id)) then
    raise exception 'Restrictions of the record brought across have not been loaded' using errcode = 'CA021';
  end if;
  return new;
end $$;

-- Few lines have shown a list: the others need no query to say so.
create or replace function audit.shown_in(payload jsonb) returns uuid[]
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if payload -> 'shown' is null then
    return null;
  end if;
  return (select array_agg(value::uuid) from jsonb_array_elements_text(payload -> 'shown') as value);
end $$;

-- Who poses a risk to a child: few children have one, so that is asked first.
create or replace function access.risks_near(in_people uuid[]) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from record.risk_link l where l.person_id = any (in_people))
     and not exists (select from history.risk_link l where l.person_id = any (in_people)) then
    return '{}';
  end if;
  return (
    with opened as materialized (
      select person from unnest(access.opened_of(in_people)) as person
    ), near as (
      select l.risk_id from opened join record.risk_link l on l.person_id = opened.person
      union
      select l.risk_id from opened join history.risk_link l on l.person_id = opened.person
    )
    select coalesce(array_agg(distinct near.risk_id), '{}')
      from near join (select id, person_id from record.risk_posed union all select id, person_id from history.risk_posed) r on r.id = near.risk_id
     where not exists (select from access.restricted x where x.person_id = any (access.alias_set(r.person_id)) and x.level >= 2));
end $$;

-- The session of a secret, without handing its row through three functions.
create or replace function access.require_session(in_secret text) returns access.session
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  live access.session;
begin
  select s.* into live from access.session s
   where s.secret_hash = sha256(convert_to(in_secret, 'UTF8')) and s.ended_at is null and s.locked_at is null
     and s.idle_until > clock_timestamp() and s.expires_at > clock_timestamp();
  if not found then
    raise exception 'There is no open session' using errcode = 'CA001';
  end if;
  return live;
end $$;

revoke execute on all routines in schema access, audit from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.open_record(text, uuid, text, text[], text, text, text, text, text), access.open_new_person(text, text, text, text)');
end $$;
