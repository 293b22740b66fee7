-- What the page of the day and the team at a glance ask beside what 0650 gives.

-- Whom this session's account works with itself, in whatever way: allocated, reviewing, advising, as the adoption worker. Nobody for
-- another account than its own.
create function access.people_worked_with(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select access.with_aliases(coalesce(array_agg(distinct w.person_id), '{}'))
            from access.works_with w where w.account_id = in_account and in_account = access.recorder());

-- Where a record has gone quiet, or is late again and again: when anybody last wrote on it, how often something was late in the half
-- year before, since when there is a child in need plan. Days and figures alone.
create function record.listed_quiet(in_on date)
  returns table (person_id uuid, written_on date, late_lately integer, need_plan_since date)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select coalesce(c.same_as, c.person_id),
           greatest(max(event.written), max(note.written)),
           sum(late.times)::integer,
           min(plan.since)
      from access.listed_groups() l
      join record.index_card c on c.person_id = l.person
      left join lateral (select max(e.recorded_at at time zone 'Europe/London')::date as written from record.event e
                          where e.person_id = l.person and e.field_group = any (l.groups) and e.recorded_at < in_on + 1) event on true
      left join lateral (select max(n.recorded_at at time zone 'Europe/London')::date as written from record.case_note n
                          where 'F25' = any (l.groups) and n.person_id = l.person and n.recorded_at < in_on + 1) note on true
      left join lateral (select count(*) as times from record.due d
                          where d.person_id = l.person and d.field_group = any (l.groups) and d.due_on between in_on - 183 and in_on - 1
                            and (d.late or d.state = 'open')) late on true
      left join lateral (select min(p.cin_plan_start_date) as since from record.cin_plan p
                          where 'F12' = any (l.groups) and p.person_id = l.person and p.cin_plan_start_date <= in_on
                            and (p.cin_plan_end_date is null or p.cin_plan_end_date > in_on)) plan on true
     group by 1;
end $$;

-- Who is away of those this session's account manages, and who stands in: today and in the two weeks after it.
create function team.away_soon(in_on date)
  returns table (account_id uuid, name text, from_day date, to_day date, covered_by text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.for_account_id, f.display_name, c.from_day, c.to_day, a.display_name
    from (select access.recorder() as id) me, access.cover c
    join access.account f on f.id = c.for_account_id join access.account a on a.id = c.account_id
   where c.to_day >= in_on and c.from_day <= in_on + 14 and (access.stands_above(me.id, c.for_account_id) or me.id = c.for_account_id)
   order by c.from_day, f.display_name
$$;

revoke execute on all routines in schema access, record, team from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.people_worked_with(uuid), record.listed_quiet(date), team.away_soon(date)');
end $$;
