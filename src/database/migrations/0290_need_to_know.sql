-- Who has to do with whom: what access.decide (0140) and emergency access (0295) ask of the record.
-- All of it runs as the owner, past the row policies, and answers with ids and rule codes only.

-- Two rows of person can be one human being (record.person_alias): whoever opens one opens both.
create function access.with_aliases(in_people uuid[]) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Nearly nobody has an alias.
  if exists (select from record.person_alias a where a.person_id = any (in_people))
     or exists (select from record.person_alias a where a.same_as = any (in_people)) then
    in_people := foundation.with_aliases(in_people);
  end if;
  return array(select p.id from record.person p where p.id = any (in_people) order by p.id);
end $$;

create function access.alias_set(in_person uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.with_aliases(array[in_person]);

-- ---------------------------------------------------------------------------------------------------------
-- Who works with them. On the day of hand-over both do.

create view access.works_with as
  select i.person_id, i.kind, i.account_id, i.team_id
    from record.involvement i
   where i.from_day <= current_date and (i.to_day is null or i.to_day >= current_date);
comment on view access.works_with is 'Today’s involvements. For the functions here: granted to nobody.';

-- By which rule an involvement of a kind lets its worker in; a team’s own involvement is asked about elsewhere.
create table access.involvement_rule (
  kind text primary key,
  rule text not null references access.rule,
  -- Answers for this child: is told of emergency access; cover and supervision follow from it.
  answers boolean not null
);
insert into access.involvement_rule values
  ('allocated', 'allocated', true),
  ('co-working', 'co-working', false),
  ('other', 'co-working', false),
  ('personal-adviser', 'advising', true),
  ('reviewing-officer', 'reviewing', false),
  ('conference-chair', 'reviewing', false),
  ('supervising-social-worker', 'supporting-carer', true),
  ('adoption-worker', 'adoption', true);

create function access.workers_of(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct w.account_id), '{}')
            from access.works_with w join access.involvement_rule r on r.kind = w.kind and r.answers
           where w.person_id = any (in_people) and w.account_id is not null and access.is_active(w.account_id));

-- The teams that answer: those involved themselves, and those of the workers who answer.
create function access.teams_with(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct team), '{}') from (
      select w.team_id as team from access.works_with w where w.person_id = any (in_people) and w.team_id is not null
      union all
      select unnest(access.teams_of(worker)) from unnest(access.workers_of(in_people)) as worker
    ) as teams);

-- The managers nearest to a child: of its teams, and the supervisors of its workers.
create function access.managers_over(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct manager), '{}') from (
      select m.account_id as manager
        from access.membership m
        join access.account_role r on r.account_id = m.account_id and r.role in ('A-TM', 'A-SM')
         and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)
       where m.team_id = any (access.teams_with(in_people))
         and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
      union all
      select s.supervisor_id from access.supervision s
       where s.account_id = any (access.workers_of(in_people))
         and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
    ) as managers
   where access.is_active(manager));

-- Teams whose children an account has before it: its own, and for a service manager those below.
create function access.team_and_below(in_teams uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive down as (
      select unnest(in_teams) as id
      union
      select t.id from access.team t join down on t.parent_id = down.id
    ) select coalesce(array_agg(down.id), '{}') from down);

create function access.teams_before(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return case when 'A-SM' = any (access.roles_of(in_account)) then access.team_and_below(access.teams_of(in_account))
              else access.teams_of(in_account) end;

create function access.on_duty_for(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct d.team_id), '{}') from access.duty d where d.account_id = in_account and d.during @> now());

create function access.covers_for(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct c.for_account_id), '{}') from access.cover c
           where c.account_id = in_account and current_date between c.from_day and c.to_day);

-- ---------------------------------------------------------------------------------------------------------
-- Families.

-- How one is to the other: 'adult' (one brings the other up, or shares a home), 'sibling', or nothing that opens anything.
-- A relationship that an account recorded itself opens nothing to that account: nobody writes their own need to know.
create function access.family_of(in_people uuid[], in_not_said_by uuid, out person_id uuid, out how text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  -- Not materialized: gone into by the index of either end, not read whole.
  with current as not materialized (
    select r.person_id as a, r.other_person_id as b, r.kind, r.same_household
      from record.relationship r
     where (r.to_day is null or r.to_day >= current_date) and r.recorded_by is distinct from in_not_said_by
  ), parent_of as not materialized (
    -- a's parent is b, whichever way it was written
    select c.a as child, c.b as parent from current c where c.kind in ('mother', 'father', 'parent', 'step-parent', 'guardian')
    union all
    select c.b, c.a from current c where c.kind = 'child'
  ), siblings as not materialized (
    select c.a, c.b from current c where c.kind in ('brother', 'sister', 'sibling', 'half-sibling', 'step-sibling')
  )
  select parent, 'adult' from parent_of where child = any (in_people)
  union
  select child, 'adult' from parent_of where parent = any (in_people)
  union
  select case when c.a = any (in_people) then c.b else c.a end, 'adult' from current c
   where c.same_household and (c.a = any (in_people) or c.b = any (in_people))
     and c.kind not in ('brother', 'sister', 'sibling', 'half-sibling', 'step-sibling')
  union
  select b, 'sibling' from siblings where a = any (in_people)
  union
  select a, 'sibling' from siblings where b = any (in_people)
  union
  select other.child, 'sibling' from parent_of mine join parent_of other on other.parent = mine.parent and other.child <> mine.child
   where mine.child = any (in_people)
$$;

-- Family in the sense of a conflict of interest: whoever is two steps away at most, whether or not it is over.
create function access.relatives(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive kin as (
      select person, 0 as steps from unnest(in_people) as person
      union
      select case when r.person_id = kin.person then r.other_person_id else r.person_id end, kin.steps + 1
        from kin join record.relationship r on kin.person in (r.person_id, r.other_person_id) and r.kind not in ('friend', 'other')
       where kin.steps < 2
    ) select access.with_aliases(coalesce(array_agg(distinct kin.person) filter (where kin.steps > 0), '{}')) from kin);

-- ---------------------------------------------------------------------------------------------------------
-- Conflicts of interest (governance E.5, 0.1 rule 15): whom an account may not open whatever else is true.
-- What somebody else decided counts until its day; one's own record stays closed always.

create function access.conflicts_of(in_account uuid, out person_id uuid, out why text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with own as (
    select access.alias_set(a.person_id) as people from access.account a where a.id = in_account and a.person_id is not null
  ), declared as (
    select access.alias_set(c.person_id) as people from access.connection c where c.account_id = in_account and c.ended_at is null
  ), closed as (
    select unnest(people) as person_id, 'own-record' as why, 1 as rank from own
    union all
    select unnest(access.relatives(people)), 'relative', 2 from own
    union all
    select unnest(people || access.relatives(people)), 'declared-connection', 3 from declared
  ), decided as (
    select distinct on (d.person_id) d.person_id, d.outcome = 'may open' and d.until_day >= current_date as may_open
      from access.conflict_decision d where d.account_id = in_account
     order by d.person_id, d.decided_at desc
  )
  select distinct on (c.person_id) c.person_id, c.why
    from closed c
   where c.why = 'own-record'
      or not exists (select from decided d where d.may_open and c.person_id = any (access.alias_set(d.person_id)))
   order by c.person_id, c.rank
$$;

create function access.conflict_between(in_account uuid, in_people uuid[]) returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  -- Most accounts have nothing that could be in the way.
  return case when exists (select from access.account a where a.id = in_account and a.person_id is not null)
                or exists (select from access.connection c where c.account_id = in_account and c.ended_at is null)
    then (select c.why from access.conflicts_of(in_account) c where c.person_id = any (in_people)
           order by c.why = 'own-record' desc, c.why = 'relative' desc limit 1) end;

-- ---------------------------------------------------------------------------------------------------------
-- Restrictions (governance E.3).

create view access.restricted as
  select r.id, r.person_id, r.level, r.sections from record.restriction r
   where r.level > 0 and r.from_at <= now() and (r.to_at is null or r.to_at > now());
comment on view access.restricted is 'Restrictions in force. For the functions here: granted to nobody.';

create function access.reads_restricted(in_account uuid) returns setof uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select n.restriction_id from record.restriction_reader n
   where n.account_id = in_account and n.from_at <= now() and (n.to_at is null or n.to_at > now())
$$;

-- The highest level in force; whether the account is named on every list from level 2 up (so that one more
-- restriction never opens more); the sections kept to the allocated worker and manager.
create function access.restriction_held(in_people uuid[], in_account uuid, out level smallint, out named boolean, out sections text[])
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(max(r.level), 0)::smallint,
         coalesce(bool_and(r.level < 2 or r.id in (select access.reads_restricted(in_account))), false) and coalesce(max(r.level), 0) >= 2,
         coalesce((select array_agg(distinct s) from access.restricted x cross join unnest(x.sections) as s
                    where x.person_id = any (in_people)), '{}')
    from access.restricted r where r.person_id = any (in_people)
$$;

-- For lists: restricted people whom this account is named for.
create function access.named_people(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select access.with_aliases(coalesce(array_agg(p.person_id), '{}'))
      from (select distinct r.person_id from access.restricted r
             where r.level >= 2 and r.id in (select access.reads_restricted(in_account))) p
     where (access.restriction_held(access.alias_set(p.person_id), in_account)).named);

-- ---------------------------------------------------------------------------------------------------------
-- The rules that are true between an account and a person (access.rule). How far each reaches is access.role_reach.

create function access.rules_for(in_account uuid, in_people uuid[]) returns text[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_rules text[];
  manages boolean;
begin
  found_rules := access.work_rules(in_account, in_people);
  -- Whoever has a rule from work has somebody who works with them.
  if cardinality(found_rules) = 0 and not exists (select from access.works_with w where w.person_id = any (in_people)) then
    found_rules := '{unallocated}';
  end if;

  select found_rules || coalesce(array_agg(distinct t.kind), '{}') into found_rules
    from access.tie t
   where t.account_id = in_account and t.person_id = any (in_people) and t.ended_at is null
     and current_date between t.from_day and t.to_day;

  if exists (select from record.contact c
              where c.person_id = any (in_people) and c.contact_date > current_date - 30
                and (c.decided_on is null or c.decided_on >= current_date)) then
    found_rules := found_rules || 'open-contact'::text;
  end if;

  -- Through a child the account works with, or whose workers it manages; asked only when there is no nearer way.
  if found_rules && '{allocated,supervising-line}'::text[] then
    return found_rules;
  end if;
  manages := access.roles_of(in_account) && '{A-TM,A-SM}'::text[];
  if not ('team' = any (found_rules) and manages) then
    select found_rules || coalesce(array_agg(distinct case f.how when 'sibling' then 'sibling' else 'household' end), '{}')
      into found_rules
      from access.family_of(in_people, in_account) f
     cross join lateral access.alias_set(f.person_id) as member
     cross join lateral access.work_rules(in_account, member) as w
     where (w && '{allocated,co-working,cover,supervising-line}'::text[] or 'team' = any (w) and manages)
       and (access.restriction_held(member, in_account)).level < 3;
  end if;
  return found_rules;
end $$;

-- The part of it that comes from work: allocation, line, team, duty, cover.
create function access.work_rules(in_account uuid, in_people uuid[]) returns text[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_rules text[];
  workers uuid[];
  teams uuid[];
begin
  select array_agg(distinct r.rule) filter (where w.account_id = in_account),
         array_agg(distinct w.account_id) filter (where r.answers),
         array_agg(distinct w.team_id) filter (where w.team_id is not null)
    into found_rules, workers, teams
    from access.works_with w left join access.involvement_rule r on r.kind = w.kind and w.account_id is not null
   where w.person_id = any (in_people);
  found_rules := coalesce(found_rules, '{}');
  if workers is not null then
    select coalesce(teams, '{}') || coalesce(array_agg(m.team_id), '{}') into teams
      from access.membership m
     where m.account_id = any (workers) and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date);
    -- The line is followed up for those only who supervise somebody.
    if exists (select from access.supervision s where s.supervisor_id = in_account
                  and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date))
       and exists (select from unnest(workers) as worker where in_account = any (access.supervisors_of(worker))) then
      found_rules := found_rules || 'supervising-line'::text;
    end if;
    if exists (select from access.cover c where c.account_id = in_account and c.for_account_id = any (workers)
                  and current_date between c.from_day and c.to_day) then
      found_rules := found_rules || 'cover'::text;
    end if;
  end if;
  if cardinality(teams) > 0 then
    if access.teams_before(in_account) && teams then
      found_rules := found_rules || 'team'::text;
    end if;
    if exists (select from access.duty d where d.account_id = in_account and d.team_id = any (teams) and d.during @> now()) then
      found_rules := found_rules || 'duty'::text;
    end if;
  end if;
  return found_rules;
end $$;

-- The people of one's work, for lists: one's own, one's teams', those one covers for or has on duty. Without
-- those who are restricted to others, and without those one must not open.
create function access.caseload(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with teams as (
      select access.teams_before(in_account) || access.on_duty_for(in_account) as ids
    ), workers as (
      select in_account as id
      union
      select unnest(access.covers_for(in_account))
      union
      select m.account_id from access.membership m, teams
       where m.team_id = any (teams.ids) and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
      union
      select s.account_id from access.supervision s
       where s.supervisor_id = in_account and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
    ), work as (
      select w.person_id from access.works_with w join workers on workers.id = w.account_id
       where w.account_id = in_account or w.kind in (select r.kind from access.involvement_rule r where r.answers)
      union
      select w.person_id from access.works_with w, teams where w.team_id = any (teams.ids)
    )
    select access.with_aliases(coalesce(array_agg(work.person_id), '{}'))
      from work
     where not exists (select from access.restricted r where r.person_id = work.person_id and r.level >= 2
                          and not (access.restriction_held(access.alias_set(r.person_id), in_account)).named)
       and work.person_id not in (select c.person_id from access.conflicts_of(in_account) c));

-- ---------------------------------------------------------------------------------------------------------
-- A foreign key tells whoever writes one that somebody is there. For a person who is sealed or not to be known, and
-- whom this session cannot see, it says what it says of nobody.

create function access.refuse_hidden() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  other uuid := to_jsonb(new) ->> tg_argv[0];
begin
  -- Background work may know.
  if session_user <> foundation.role_name('app') then
    return new;
  end if;
  if exists (select from access.restricted r where r.person_id = any (access.alias_set(other)) and r.level >= 3)
     and not other = any (access.listed_ids()) then
    raise exception 'insert or update on table "%" violates foreign key constraint "%"', tg_table_name, tg_argv[1]
      using errcode = 'foreign_key_violation', schema = tg_table_schema, table = tg_table_name, constraint = tg_argv[1];
  end if;
  return new;
end $$;

-- For every key of a table of the record to a person it is not about. A later migration that makes one calls this again.
create procedure access.guard_keys_to_people()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  key record;
begin
  for key in
    select k.table_name, a.attname, f.conname
      from foundation.kept_table k
      join pg_constraint f on f.conrelid = format('record.%I', k.table_name)::regclass and f.confrelid = 'record.person'::regclass
      join pg_attribute a on a.attrelid = f.conrelid and f.conkey = array[a.attnum] and a.attname <> k.subject
  loop
    execute format('create or replace trigger %I before insert or update of %I on record.%I for each row when (new.%I is not null)
                    execute function access.refuse_hidden(%L, %L)',
      'refuse_hidden_' || key.attname, key.attname, key.table_name, key.attname, key.attname, key.conname);
  end loop;
end $$;
call access.guard_keys_to_people();

revoke execute on all routines in schema access from public;
