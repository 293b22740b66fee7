-- What a list of one's own work says of each child beside the card: when the child was last seen, what changed, who is
-- family to whom, what has drifted. It reaches as far as one's role does for each: further with the children one works with
-- oneself than with those of the team. The functions run past the row policies, so each asks
-- access.listed_groups, and gives days and no more where days are enough: a list opens no record.

-- The people a list of one's own work was opened for, and the field groups of each that it may show something of: by each
-- rule that is true between the account and that person, as access.work_rules has them, for all of the list at once.
create function access.listed_groups() returns table (person uuid, groups text[])
  language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  with me as materialized (
    select s.account_id as id, access.teams_before(s.account_id) as teams, access.on_duty_for(s.account_id) as on_duty,
           access.covers_for(s.account_id) as covered
      from access.session_now s
  ), reach as materialized (
    select rr.rule, array_agg(distinct one) as groups
      from me cross join lateral unnest(access.roles_of(me.id)) as mine (role)
      join access.role_reach rr on rr.role = mine.role cross join lateral unnest(rr.groups) as one
     where not rr.needs_reason and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)
     group by rr.rule
  ), listed as materialized (
    select c.person_id as person, coalesce(c.same_as, c.person_id) as lead
      from record.index_card c where c.person_id = any (access.caseload_ids())
  ), working as materialized (
    select l.lead, w.account_id, w.team_id, r.rule, coalesce(r.answers, false) as answers
      from listed l join access.works_with w on w.person_id = l.person
      left join access.involvement_rule r on r.kind = w.kind and w.account_id is not null
  ), teams as materialized (
    select w.lead, w.team_id from working w where w.team_id is not null
    union
    select w.lead, m.team_id from working w join access.membership m on m.account_id = w.account_id
     where w.answers and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
  ), holding as (
    select w.lead, w.rule from working w, me where w.account_id = me.id
    union
    select w.lead, 'cover' from working w, me where w.answers and w.account_id = any (me.covered)
    union
    select w.lead, 'supervising-line' from working w, me, access.supervision s
     where w.answers and s.account_id = w.account_id and s.supervisor_id = me.id
       and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
    union
    select t.lead, 'team' from teams t, me where t.team_id = any (me.teams)
    union
    select t.lead, 'duty' from teams t, me where t.team_id = any (me.on_duty)
  ), held as materialized (
    select h.lead, array_agg(h.rule order by h.rule) as rules from holding h group by h.lead
  ), open as materialized (
    -- Many people, and few sets of rules that hold for them.
    select several.rules, array(select distinct one from reach cross join lateral unnest(reach.groups) as one where reach.rule = any (several.rules)) as groups
      from (select distinct held.rules from held) several
  ), closed as materialized (
    select c.person, array_agg(c.field_group) as groups from access.closed_sections() c group by c.person
  )
  select l.person, case when c.groups is null then o.groups else array(select one from unnest(o.groups) as one where one <> all (c.groups)) end
    from listed l join held h on h.lead = l.lead join open o on o.rules = h.rules left join closed c on c.person = l.person;
end $$;

-- What is due is listed by the same rule for each child. (0600 took what any rule of a list would give a role, duty for
-- one, also where it was not true: a colleague’s children were shown further than their records open.)
drop policy app_lists on record.due;
do $$
begin
  execute format($policy$create policy app_lists on record.due for select to %I
      using (person_id = any ((select access.caseload_ids())::uuid[])
             and (person_id, field_group) in (select l.person, one from access.listed_groups() l cross join unnest(l.groups) as one))$policy$,
    foundation.role_name('app'));
end $$;
drop function access.own_ids();
drop function access.groups_by(text[]);

-- When each was last seen, and last seen alone, up to a day.
create function record.listed_seen(in_on date) returns table (person_id uuid, seen_on date, alone_on date)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select coalesce(c.same_as, c.person_id), max(v.seen_on), max(v.seen_on) filter (where v.seen_alone)
      from access.listed_groups() l
      join record.index_card c on c.person_id = l.person
      join record.visit v on v.person_id = l.person and v.seen_on <= in_on
     where 'F26' = any (l.groups)
     group by 1;
end $$;

-- What people wrote on these records since a moment, the latest first; what an import brought is its own report's.
-- `total` is how many there are in all.
create function record.listed_happenings(in_account uuid, in_since timestamptz, in_most integer)
  returns table (person_id uuid, kind text, happened_on date, fact jsonb, recorded_at timestamptz, recorded_by text, total bigint)
  language plpgsql stable security definer
  set search_path = record, pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  wanted jsonb;
  latest uuid[];
  found_in_all bigint;
begin
  select coalesce(array_agg(e.id order by e.recorded_at desc, e.id desc) filter (where e.place <= in_most), '{}'), count(*)
    into latest, found_in_all
    from (select e.id, e.recorded_at, row_number() over (order by e.recorded_at desc, e.id desc) as place
            from access.listed_groups() l
            join index_card c on c.person_id = l.person and (in_account is null or c.account_id = in_account)
            join event e on e.person_id = l.person and e.field_group = any (l.groups)
           where e.recorded_at >= in_since and e.import_run_id is null) e;
  select coalesce(jsonb_object_agg(told.fact_table, told.ids), '{}') into wanted
    from (select e.fact_table, jsonb_agg(e.fact_id) as ids from event e where e.id = any (latest) group by e.fact_table) told;
  return query
    select coalesce(c.same_as, c.person_id), e.kind, e.happened_on, f.fact, e.recorded_at, a.display_name, found_in_all
      from unnest(latest) with ordinality as chosen (id, place)
      join event e on e.id = chosen.id
      join index_card c on c.person_id = e.person_id
      join facts_of(wanted) f on f.id = e.fact_id
      left join access.account a on a.id = e.recorded_by
     order by chosen.place;
end $$;

-- Who of the list is family to whom, as far as their relationships are open in it: each with the family they are in, which
-- is the first of its members. Sisters and brothers by name, by one household, or by one parent who is not restricted.
create function record.listed_families(in_on date) returns table (person_id uuid, family uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    with recursive who as materialized (
      select l.person, coalesce(c.same_as, c.person_id) as lead
        from access.listed_groups() l join record.index_card c on c.person_id = l.person where 'F07' = any (l.groups)
    ), said as materialized (
      select w.lead, r.other_person_id as other, r.kind, r.same_household
        from who w join record.relationship r on r.person_id = w.person
       where r.other_person_id is not null and (r.to_day is null or r.to_day > in_on)
    ), tie as materialized (
      select s.lead as one, o.lead as other
        from said s join who o on o.person = s.other
       where s.same_household or s.kind in ('brother', 'sister', 'sibling', 'half-sibling', 'step-sibling')
      union
      select s.lead, t.lead
        from said s join said t on t.other = s.other and t.lead <> s.lead
        join record.index_card p on p.person_id = s.other and p.restriction < 2
       where s.kind in ('mother', 'father', 'parent') and t.kind in ('mother', 'father', 'parent')
    ), tied as (
      select one, other from tie union select other, one from tie
    ), reached (person, member) as (
      select lead, lead from who
      union
      select r.person, t.other from reached r join tied t on t.one = r.member
    )
    select r.person, (array_agg(r.member order by r.member))[1] from reached r group by r.person;
end $$;

-- What a manager looks for where help goes on: since when, and when management last put down what it decided.
create function record.listed_standing(in_on date)
  returns table (person_id uuid, helped_since date, plan_since date, accommodated_since date, overseen_on date)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select coalesce(c.same_as, c.person_id), min(least(need.since, plan.since, care.since)), min(plan.since), min(status.since), max(note.latest)
      from access.listed_groups() l
      join record.index_card c on c.person_id = l.person
      left join lateral (select min(r.referral_date) as since from record.referral r
                          where 'F11' = any (l.groups) and r.person_id = l.person and r.referral_nfa is not true and r.referral_date <= in_on
                            and (r.close_date is null or r.close_date > in_on)) need on true
      left join lateral (select min(p.cp_plan_start_date) as since from record.child_protection_plan p
                          where 'F09' = any (l.groups) and p.person_id = l.person and p.cp_plan_start_date <= in_on
                            and (p.cp_plan_end_date is null or p.cp_plan_end_date > in_on)) plan on true
      left join lateral (select min(p.start_date) as since from record.period_of_care p
                          where 'F10' = any (l.groups) and p.person_id = l.person and not p.short_breaks and p.start_date <= in_on
                            and (p.end_date is null or p.end_date > in_on)) care on true
      left join lateral (select min(s.start_date) as since from record.legal_status s
                          where 'F08' = any (l.groups) and s.person_id = l.person and s.legal_status = 'V2' and s.start_date <= in_on
                            and (s.end_date is null or s.end_date > in_on)) status on true
      left join lateral (select max(n.note_date) as latest from record.case_note n
                          where 'F25' = any (l.groups) and n.person_id = l.person and n.kind in ('oversight', 'supervision') and n.note_date <= in_on) note on true
     group by 1;
end $$;

revoke execute on all routines in schema access, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.listed_groups(), record.listed_seen(date), record.listed_happenings(uuid, timestamptz, integer), record.listed_families(date), record.listed_standing(date)');
end $$;
