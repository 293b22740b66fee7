-- Need to know, decided and put on file before anything can be read.
--
-- access.open_record decides, writes one line to the trail and, when the answer is yes, an opening. The row policies of
-- the record ask open_ids and writable_ids, which count an opening only when another transaction has committed it: what
-- is rolled back, or still under way, opens nothing. What a decision needs to know from tables of the record it asks the
-- functions of 0290.

-- Openings do not outlive the server they were made on: the table is not logged, and each row names the server's start.
create unlogged table access.opening (
  id uuid primary key default uuidv7(),
  session_id uuid not null,
  kind text not null default 'record' check (kind in ('record', 'list', 'actor')),
  people uuid[] not null,
  groups text[] not null default '{}',
  level text,
  rule text,
  may_write boolean not null default false,
  opened_in xid8 not null default pg_current_xact_id(),
  server_started timestamptz not null default pg_postmaster_start_time(),
  expires_at timestamptz not null,
  -- The same opened again lasts longer, and is no second row to look through.
  unique (session_id, kind, people, groups, may_write)
);

create table access.run (
  id uuid primary key default uuidv7(),
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  purpose text not null check (length(purpose) >= 3),
  population text not null check (length(population) >= 3),
  account_id uuid references access.account,
  opened_in xid8 not null default pg_current_xact_id(),
  opened_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table access.run is 'Background work on the record: its purpose and whose records, on the trail before its first row.';

create table access.level_groups (
  level text primary key,
  rank integer not null,
  groups text[]
);
insert into access.level_groups values
  ('index', 1, '{F01,F09,F10,F26}'),
  ('summary', 2, '{F01,F02,F03,F05,F07,F08,F09,F10,F11,F20,F22,F24,F26}'),
  ('full', 3, null);
comment on column access.level_groups.groups is 'What is meant when a page asks for a level and names no groups; null: all that the rules give.';

-- ---------------------------------------------------------------------------------------------------------
-- What the row policies ask, once for each table that a statement names. The two views are for the functions here:
-- granted to nobody. The functions go by an index however few sessions there are: reading the few through would mean a
-- look at the clock for each of them, each time. An id may come twice; the policies do not mind.

create view access.session_now as
  select s.* from access.session s
   where s.secret_hash = sha256(convert_to(current_setting('cairn.session', true), 'UTF8'))
     and s.ended_at is null and s.locked_at is null
     and s.idle_until > clock_timestamp() and s.expires_at > clock_timestamp();
comment on view access.session_now is 'The live session whose secret this transaction presents.';

create view access.open_now as
  select o.kind, o.people, o.groups, o.level, o.rule, o.may_write
    from access.session_now s
    join access.opening o on o.session_id = s.id
   where o.expires_at > clock_timestamp()
     and o.server_started = pg_postmaster_start_time()
     and o.opened_in is distinct from pg_current_xact_id_if_assigned();
comment on view access.open_now is 'What this session has opened, on this server, in another transaction.';

create or replace function access.open_ids(in_group text) returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return array(select unnest(o.people) from access.open_now o
                where o.kind = 'record' and in_group = any (o.groups));

create or replace function access.writable_ids(in_group text) returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return array(select unnest(o.people) from access.open_now o
                where o.kind = 'record' and in_group = any (o.groups) and o.may_write and o.level = 'full');

create or replace function access.open_pairs(out person uuid, out field_group text) returns setof record
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
begin atomic
  select person, field_group from access.open_now o cross join unnest(o.people) as person cross join unnest(o.groups) as field_group
   where o.kind = 'record';
end;

create or replace function access.writable_pairs(out person uuid, out field_group text) returns setof record
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
begin atomic
  select person, field_group from access.open_now o cross join unnest(o.people) as person cross join unnest(o.groups) as field_group
   where o.kind = 'record' and o.may_write and o.level = 'full';
end;

create or replace function access.run_is_open() returns boolean
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return exists (
    select from access.run r
     where r.secret_hash = sha256(convert_to(current_setting('cairn.run', true), 'UTF8'))
       and r.ended_at is null and r.expires_at > clock_timestamp()
       and r.opened_in is distinct from pg_current_xact_id_if_assigned());

create or replace function access.recorder() returns uuid
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return (select s.account_id from access.session_now s);

-- The people a list was opened for; for a search of everyone, see access.may_search.
create function access.listed_ids() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return (select coalesce(array_agg(distinct person), '{}') from access.open_now o cross join unnest(o.people) as person
           where o.kind = 'list' or o.kind = 'record' and 'F01' = any (o.groups));

create function access.may_search() returns boolean
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return exists (select from access.open_now o where o.kind = 'list' and o.level = 'everyone');

create function access.opened_actors() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return (select coalesce(array_agg(distinct person), '{}') from access.open_now o cross join unnest(o.people) as person
           where o.kind = 'actor');

-- ---------------------------------------------------------------------------------------------------------
-- Who stands above whom: by supervision, or as a manager of a team the other belongs to or of one above it.

create function access.team_and_above(in_teams uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive up as (
      select t.id, t.parent_id from access.team t where t.id = any (in_teams)
      union
      select t.id, t.parent_id from access.team t join up on t.id = up.parent_id
    ) select coalesce(array_agg(up.id), '{}') from up);

create function access.teams_of(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(m.team_id), '{}') from access.membership m
           where m.account_id = in_account and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date));

create function access.supervisors_of(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive up as (
      select s.supervisor_id as id from access.supervision s
       where s.account_id = in_account and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
      union
      select s.supervisor_id from access.supervision s join up on s.account_id = up.id
       where s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
    ) select coalesce(array_agg(up.id), '{}') from up);

create function access.stands_above(in_upper uuid, in_lower uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return in_upper <> in_lower and (
    in_upper = any (access.supervisors_of(in_lower))
    or (access.roles_of(in_upper) && '{A-TM}'::text[] and not access.roles_of(in_lower) && '{A-TM,A-SM}'::text[]
        and access.teams_of(in_upper) && access.teams_of(in_lower))
    or (access.roles_of(in_upper) && '{A-SM}'::text[] and not access.roles_of(in_lower) && '{A-SM}'::text[]
        and access.teams_of(in_upper) && access.team_and_above(access.teams_of(in_lower))));

-- ---------------------------------------------------------------------------------------------------------
-- The decision: pure, writes nothing. src/access/need-to-know.db.test.ts holds it against a model of its own.

create type access.decision as (
  outcome text,
  -- Refused: 'not-found' (also for what must not be known), 'restricted', 'own-record', 'relative',
  -- 'declared-connection', 'reason-needed', 'no-need'.
  why text,
  -- What was true, for the trail only.
  truth text,
  rule text,
  level text,
  groups text[],
  write_groups text[],
  people uuid[],
  restriction smallint,
  break_glass uuid,
  -- Emergency access would open more than this.
  may_ask boolean
);

create function access.decide(in_account uuid, in_person uuid, in_groups text[], in_level text, in_write boolean, in_reason text)
  returns access.decision
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d access.decision;
  roles text[];
  rules text[];
  asked text[];
  most integer;
  highest integer;
  held record;
  kept access.restriction_rule;
  only_groups text[];
  conflict text;
  emergency record;
  reason_given boolean := length(btrim(coalesce(in_reason, ''))) >= 3;
  without_reason integer;
begin
  d.outcome := 'refused';
  d.may_ask := false;
  d.people := access.alias_set(in_person);
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
  select g.rank, g.groups into most, asked from access.level_groups g where g.level = in_level;
  if most is null then
    raise exception 'There is no level %', in_level;
  end if;
  asked := coalesce(in_groups, asked);
  roles := access.roles_of(in_account);
  rules := access.rules_for(in_account, d.people) || '{any-child,reason}'::text[];
  select * into held from access.restriction_held(d.people, in_account);
  d.restriction := held.level;
  select b.id, b.writing_since is not null as may_write into emergency from access.break_glass b
   where b.account_id = in_account and b.person_id = any (d.people) and b.until_at > clock_timestamp() and b.ended_at is null
   order by b.writing_since is not null desc, b.until_at desc limit 1;
  if emergency.id is not null then
    rules := rules || 'break-glass'::text;
  end if;

  -- Restricted, sealed or not to be known: the list decides, before anything else can say that the record exists.
  if held.level >= 2 then
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
      only_groups := '{F33}';
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

  select array_agg(distinct r.grp order by r.grp) filter (where r.usable),
         array_agg(distinct r.grp order by r.grp) filter (where r.usable and r.may_write and r.level_rank = 3),
         (array_agg(r.rule order by r.level_rank desc, r.rank) filter (where r.usable))[1],
         max(r.level_rank) filter (where r.usable),
         count(*) filter (where r.needs_reason)
    into d.groups, d.write_groups, d.rule, highest, without_reason
    from (
      select rr.rule, ru.rank, least(lg.rank, most) as level_rank, rr.needs_reason, not rr.needs_reason or reason_given as usable,
             rr.may_write and (rr.rule <> 'break-glass' or emergency.may_write) as may_write, grp
        from access.role_reach rr
        join access.rule ru on ru.code = rr.rule
        join access.level_groups lg on lg.level = rr.level
       cross join unnest(rr.groups) as grp
       where rr.role = any (roles) and rr.rule = any (rules)
         and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)
         and (asked is null or grp = any (asked))
         and (only_groups is null or grp = any (only_groups))
         -- Sensitive sections: the allocated worker and the manager (E.3, L1), and whoever answers a request for them.
         and (not grp = any (held.sections)
              or rr.rule in ('allocated', 'advising', 'adoption', 'supervising-line', 'named', 'rights-request')
              or rr.rule = 'team' and rr.role in ('A-TM', 'A-SM'))) r;
  d.write_groups := coalesce(d.write_groups, '{}');

  d.may_ask := emergency.id is null and exists (
    select from access.role_reach rr cross join unnest(rr.groups) as grp
     where rr.role = any (roles) and rr.rule = 'break-glass'
       and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)
       and (asked is null or grp = any (asked))
       and not grp = any (coalesce(d.groups, '{}')));

  if d.groups is not null and (not in_write or cardinality(d.write_groups) > 0) then
    d.outcome := 'allowed';
    d.level := (select g.level from access.level_groups g where g.rank = highest);
    d.break_glass := case when d.rule = 'break-glass' then emergency.id end;
    if not in_write then
      d.write_groups := '{}';
    end if;
    return d;
  end if;
  d.groups := null;
  d.write_groups := null;
  d.rule := null;
  if without_reason > 0 and not reason_given then
    d.why := 'reason-needed';
  else
    d.why := 'no-need';
  end if;
  d.truth := case when in_write then 'no rule lets this account write that' else 'no rule gives this account need to know' end;
  return d;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Opening.

create function access.require_session(in_secret text) returns access.session
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.live_session(in_secret);
begin
  if s.id is null then
    raise exception 'There is no open session' using errcode = 'CA001';
  end if;
  return s;
end $$;

create function access.opening_ends() returns timestamptz
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return clock_timestamp() + make_interval(secs => (select s.opening_seconds from access.setting s));

-- The opening bears the transaction that made it, also when it was there before: until that one is committed, it counts
-- for nobody who sees it.
create function access.keep_open(in_session uuid, in_kind text, in_people uuid[], in_groups text[], in_level text, in_rule text,
    in_may_write boolean, in_ends timestamptz) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.opening (session_id, kind, people, groups, level, rule, may_write, expires_at)
  values (in_session, in_kind, in_people, in_groups, in_level, in_rule, in_may_write, in_ends)
  on conflict (session_id, kind, people, groups, may_write) do update
    set level = excluded.level, rule = excluded.rule, opened_in = excluded.opened_in, server_started = excluded.server_started,
        expires_at = excluded.expires_at
$$;

-- Opens part of one record, or refuses: one call, one line on the trail, one commit.
-- in_action: view, print, export, download, api, report-cell; or write, which alone lets rows be written.
create function access.open_record(in_secret text, in_person uuid, in_purpose text, in_groups text[] default null,
    in_level text default 'full', in_action text default 'view', in_reason text default null,
    in_client text default null, in_correlation text default null,
    out outcome text, out rule text, out groups text[], out level text, out writable text[], out why text,
    out may_ask_emergency boolean, out people uuid[], out restriction smallint, out break_glass uuid)
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
    perform access.keep_open(s.id, 'record', d.people, d.groups, d.level, d.rule, false, ends);
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

-- For a person not yet in the record: the id is made here, so that asking can tell nothing about ids in use.
create function access.open_new_person(in_secret text, in_purpose text, in_client text default null, in_correlation text default null,
    out outcome text, out person uuid, out groups text[], out why text)
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
    perform access.keep_open(s.id, 'record', array[person], groups, 'full', 'new-person', true, access.opening_ends());
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'subject', person, 'section', to_jsonb(groups),
    'level', 'full', 'action', 'create', 'purpose', in_purpose, 'rule', 'new-person', 'client', in_client, 'session', s.id,
    'correlation', in_correlation, 'outcome', outcome, 'why', why)));
end $$;

-- Opens a list. 'search': everyone by name, for roles that may look for anyone. 'caseload': the people this account or
-- its teams work with. 'unallocated': those nobody works with yet. in_asked: what was looked for.
create function access.open_list(in_secret text, in_kind text, in_purpose text, in_asked text default null,
    in_client text default null, in_correlation text default null,
    out outcome text, out scope text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  needs text;
  seen uuid[];
begin
  if in_kind not in ('search', 'caseload', 'unallocated') then
    raise exception 'There is no list %', in_kind;
  end if;
  needs := case in_kind when 'search' then 'search' when 'unallocated' then 'unallocated' end;
  if not access.is_active(s.account_id) or needs is not null and not exists (
      select from access.role_reach rr where rr.role = any (access.roles_of(s.account_id)) and rr.rule = needs
         and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)) then
    outcome := 'refused';
    why := 'no-need';
  else
    outcome := 'allowed';
    scope := case when needs is null then 'caseload' else 'everyone' end;
    seen := case when needs is null then access.caseload(s.account_id) else access.named_people(s.account_id) end;
    perform access.keep_open(s.id, 'list', seen, '{}', scope, in_kind, false, access.opening_ends());
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'level', 'index', 'action', 'list',
    'purpose', in_purpose, 'rule', in_kind, 'asked', in_asked, 'client', in_client, 'session', s.id,
    'correlation', in_correlation, 'outcome', outcome, 'why', why)));
end $$;

-- Who a list has shown: before the page leaves, one line with their ids.
create function access.note_shown(in_secret text, in_kind text, in_people uuid[], in_correlation text default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'level', 'index', 'action', 'search-hit', 'rule', in_kind, 'shown', to_jsonb(in_people),
    'resultCount', cardinality(in_people), 'session', s.id, 'correlation', in_correlation, 'outcome', 'shown')));
end $$;

-- What an account opened, for those who may ask: protection officer, Caldicott Guardian, information governance (who
-- prove the trail), whoever stands above, oneself.
create function access.open_actor(in_secret text, in_account uuid, in_purpose text, in_correlation text default null,
    out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if access.is_active(s.account_id) and (s.account_id = in_account
       or access.roles_of(s.account_id) && '{A-DPO,A-CG,A-IG}'::text[] or access.stands_above(s.account_id, in_account)) then
    outcome := 'allowed';
    perform access.keep_open(s.id, 'actor', array[in_account], '{}', null, null, false, access.opening_ends());
  else
    outcome := 'refused';
    why := 'no-need';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'about', in_account, 'section', 'F33', 'action', 'view', 'purpose', in_purpose, 'session', s.id,
    'correlation', in_correlation, 'outcome', outcome, 'why', why)));
end $$;

-- Any other line an area owes the trail: a print, an export, a change of configuration. Actor and session are those of
-- the secret, whatever the details say.
create function audit.note(in_secret text, in_action text, in_purpose text, in_subject uuid, in_details jsonb default '{}') returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if in_action in ('erase', 'sign-in', 'view', 'write', 'create', 'search-hit') then
    raise exception 'Lines of this kind are written by what they tell of';
  end if;
  return audit.write(jsonb_strip_nulls(coalesce(in_details, '{}') || jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'subject', in_subject, 'action', in_action,
    'purpose', in_purpose, 'session', s.id, 'outcome', 'done')));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Runs.

create function access.open_run(in_secret_hash bytea, in_purpose text, in_population text, in_account uuid default null,
    in_hours integer default 12) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made uuid;
begin
  if in_hours not between 1 and 48 then
    raise exception 'A run is open for 48 hours at most';
  end if;
  insert into access.run (secret_hash, purpose, population, account_id, expires_at)
  values (in_secret_hash, in_purpose, in_population, in_account, clock_timestamp() + make_interval(hours => in_hours))
  returning id into made;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', in_account, 'action', 'run', 'run', made, 'purpose', in_purpose, 'population', in_population, 'outcome', 'allowed')));
  return made;
end $$;

create function access.end_run(in_secret text, in_result_count bigint default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r access.run;
begin
  update access.run set ended_at = clock_timestamp() where secret_hash = access.hash_of(in_secret) and ended_at is null returning * into r;
  if r.id is not null then
    perform audit.write(jsonb_strip_nulls(jsonb_build_object(
      'actor', r.account_id, 'action', 'run ended', 'run', r.id, 'purpose', r.purpose, 'resultCount', in_result_count, 'outcome', 'done')));
  end if;
end $$;

-- The trail is read like any part of a record: who looked at this person (F33), or what this account opened.
do $$
begin
  execute format($policy$create policy app_reads on audit.trail for select to %I using (
      subject = any ((select access.open_ids('F33'))::uuid[])
      or shown && (select access.open_ids('F33'))::uuid[]
      or actor = any ((select access.opened_actors())::uuid[]))$policy$, foundation.role_name('app'));
end $$;

revoke execute on all routines in schema access, audit from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function access.open_ids(text), access.writable_ids(text), access.open_pairs(), access.writable_pairs(), access.run_is_open(), access.recorder(), access.listed_ids(), access.may_search(), access.opened_actors()');
  end loop;
  call foundation.grant_to('app', 'execute on function access.open_record(text, uuid, text, text[], text, text, text, text, text), access.open_new_person(text, text, text, text), access.open_list(text, text, text, text, text, text), access.note_shown(text, text, uuid[], text), access.open_actor(text, uuid, text, text), audit.note(text, text, text, uuid, jsonb)');
  call foundation.grant_to('jobs', 'execute on function access.open_run(bytea, text, text, uuid, integer), access.end_run(text, bigint)');
end $$;
