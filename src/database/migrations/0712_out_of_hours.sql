-- Between night and day: what the emergency duty team did, until somebody of the day has taken it over; and what the night
-- should know of a child tonight.

-- How far a list of night or day reaches for each of its people: by every rule that is true between them and the account, as a record
-- that is opened without a reason would. worked_with: the child is of the account's own work.
create function access.listed_reach(in_kind text) returns table (person uuid, groups text[], worked_with boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  me uuid := access.recorder();
  work uuid[] := access.caseload(me);
begin
  return query
  with listed as materialized (
    select distinct one as person from access.open_now o cross join unnest(o.people) as one where o.kind = 'list' and o.rule = in_kind
  ), ruled as materialized (
    select listed.person, access.rules_for(me, access.alias_set(listed.person)) || 'any-child'::text as rules from listed
  ), closed as materialized (
    select x.person_id as person, array_agg(distinct s) as groups from access.restricted x cross join unnest(x.sections) as s group by x.person_id
  )
  select r.person, array(
           select distinct one from access.role_reach rr cross join unnest(rr.groups) as one
            where rr.role = any (access.roles_of(me)) and rr.rule = any (r.rules) and not rr.needs_reason
              and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)
              and (one <> all (coalesce(closed.groups, '{}')) or rr.rule in ('allocated', 'advising', 'adoption', 'supervising-line', 'named')
                   or rr.rule = 'team' and rr.role in ('A-TM', 'A-SM'))),
         r.person = any (work)
    from ruled r left join closed on closed.person = r.person;
end $$;

create table record.night_taken_over (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  -- The event, the note, or the line of the trail.
  line_id uuid not null,
  taken_by uuid not null references access.account,
  taken_at timestamptz not null default clock_timestamp(),
  unique (person_id, line_id)
);
comment on table record.night_taken_over is 'Somebody of the day has read what the night did. Written by record.take_over alone.';
call foundation.keep('record.night_taken_over', 'F26', $$
  line_id  | F26 | ordinary | with record | says which line was taken over
  taken_by | F26 | ordinary | with record | about a worker; shown by name
  taken_at | F26 | ordinary | with record | yes
$$);
create index on record.night_taken_over (line_id);

create table record.tonight (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  words text not null check (length(btrim(words)) >= 3),
  from_day date not null,
  to_day date not null check (to_day >= from_day and to_day <= from_day + 28),
  ended_on date
);
create index on record.tonight (person_id);
create index tonight_days on record.tonight (to_day);
comment on table record.tonight is 'What the emergency duty team should know of a child, from the evening of one day to the evening of another.';
call foundation.keep('record.tonight', 'F24', $$
  words    | F24 | special  | with record | yes
  from_day | F24 | ordinary | with record | yes
  to_day   | F24 | ordinary | with record | yes
  ended_on | F24 | ordinary | with record | yes
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.night_taken_over');
end $$;
call foundation.tells('record.tonight', 'from_day', 'night-was-told');

create index event_by_hand on record.event (recorded_by, recorded_at) where import_run_id is null;
create index note_by_hand on record.case_note (recorded_by, recorded_at) where import_run_id is null;

create function access.night_workers() returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return array(select distinct r.account_id from access.account_role r where r.role = 'A-EDT');

-- Everything the emergency duty team did since a moment, whether or not it was taken over: whose it is and where it stands.
-- Runs past the policies: for the functions below, granted to nobody.
create function record.night_work(in_since timestamptz)
  returns table (line_id uuid, person_id uuid, source text, kind text, field_group text, fact_table name, fact_id uuid, at timestamptz, account_id uuid, words text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- Once, and not for each row that is looked at.
  workers uuid[] := access.night_workers();
begin
  if cardinality(workers) = 0 then
    return;
  end if;
  return query
  select e.id, e.person_id, 'event', e.kind, e.field_group, e.fact_table, e.fact_id, e.recorded_at, e.recorded_by, null::text
    from record.event e where e.recorded_by = any (workers) and e.recorded_at >= in_since and e.import_run_id is null
  union all
  select n.id, n.person_id, 'note', n.kind, 'F25', 'case_note', n.id, n.recorded_at, n.recorded_by,
         (select left(p.words, 300) from record.note_paragraph p where p.case_note_id = n.id and p.part = 'happened' order by p.place limit 1)
    from record.case_note n
   where n.recorded_by = any (workers) and n.recorded_at >= in_since and n.import_run_id is null and not n.significant
     and not exists (select from record.visit v where v.case_note_id = n.id)
  union all
  select (array_agg(t.id order by t.at))[1], t.subject, 'opening', 'opened', 'F25', null, null, min(t.at), t.actor, (array_agg(t.payload ->> 'reason' order by t.at) filter (where t.payload ->> 'reason' is not null))[1]
    from audit.trail t
   where t.actor = any (workers) and t.at >= in_since and t.subject is not null and t.payload ->> 'outcome' = 'allowed'
     and t.payload ->> 'level' = 'full' and t.payload ->> 'rule' in ('any-child', 'break-glass')
   group by t.actor, t.subject, (t.at at time zone 'Europe/London' - interval '12 hours')::date;
end $$;

-- Lists of people for the pages of night and day. 'night': whom the emergency duty team did something for and who is of one's own work; for
-- the front door whoever nobody works with besides; for the emergency duty team itself all of its own.
-- 'tonight': whom the night should know of; for others than the emergency duty team those of their own work.
create function access.night_people(in_account uuid, in_kind text) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  roles text[] := access.roles_of(in_account);
  all_of_them uuid[];
  mine uuid[];
begin
  if in_kind = 'night' then
    all_of_them := array(select distinct w.person_id from record.night_work(now() - interval '92 days') w);
  else
    all_of_them := array(select t.person_id from record.tonight t where t.ended_on is null and t.from_day <= current_date and t.to_day >= current_date - 1
                         union select c.person_id from record.index_card c where 'A-EDT' = any (roles) and 'missing' = any (c.badges));
  end if;
  mine := array(select unnest(all_of_them) intersect select unnest(access.caseload(in_account)));
  if not roles && '{A-EDT,A-DUTY}'::text[] then
    return mine;
  end if;
  return mine || array(
    select one from unnest(all_of_them) as one
     where one <> all (mine)
       and ('A-EDT' = any (roles) or in_kind = 'night' and not exists (select from access.works_with w where w.person_id = any (access.alias_set(one))))
       and not exists (select from access.restricted r where r.person_id = any (access.alias_set(one)) and r.level >= 2
                          and not (access.restriction_held(access.alias_set(one), in_account)).named)
       and one not in (select c.person_id from access.conflicts_of(in_account) c));
end $$;

create or replace function access.open_list(in_secret text, in_kind text, in_purpose text, in_asked text default null,
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
  if in_kind not in ('search', 'caseload', 'unallocated', 'night', 'tonight') then
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
    -- A list of the night is no list of one's own work: what asks for that (access.caseload_ids) does not hear of it.
    scope := case when in_kind in ('night', 'tonight') then in_kind when needs is null then 'caseload' else 'everyone' end;
    seen := case when in_kind in ('night', 'tonight') then access.night_people(s.account_id, in_kind)
                 when needs is null then access.caseload(s.account_id) else access.named_people(s.account_id) end;
    perform access.keep_open(s.id, 'list', seen, '{}', scope, in_kind, false, access.opening_ends());
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'level', 'index', 'action', 'list',
    'purpose', in_purpose, 'rule', in_kind, 'asked', in_asked, 'client', in_client, 'session', s.id,
    'correlation', in_correlation, 'outcome', outcome, 'why', why)));
end $$;

-- What the night did for the people of a list that was opened ('night'): each line that nobody has taken over, and those taken over
-- since a moment. Of a child nobody works with the front door hears that something was done, also where it must open the record
-- to read what.
create function record.night_lines(in_taken_since timestamptz)
  returns table (line_id uuid, person_id uuid, source text, kind text, at timestamptz, by_account uuid, by_name text, words text, fact jsonb,
                 taken_by text, taken_at timestamptz)
  language plpgsql stable security definer
  set search_path = record, pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  chosen jsonb;
  wanted jsonb;
begin
  select coalesce(jsonb_agg(case when w.field_group = any (l.groups) or w.account_id = access.recorder() then to_jsonb(w)
                                 else to_jsonb(w) || '{"words": null, "fact_id": null}' end
                             || jsonb_build_object('taken_by', a.display_name, 'taken_at', t.taken_at)), '[]') into chosen
    from record.night_work(now() - interval '92 days') w
    join access.listed_reach('night') l on l.person = w.person_id and (w.field_group = any (l.groups) or w.account_id = access.recorder() or not l.worked_with)
    left join night_taken_over t on t.person_id = w.person_id and t.line_id = w.line_id
    left join access.account a on a.id = t.taken_by
   where t.id is null or t.taken_at >= in_taken_since;
  select coalesce(jsonb_object_agg(told.fact_table, told.ids), '{}') into wanted
    from (select c.fact_table, jsonb_agg(c.fact_id) as ids
            from jsonb_to_recordset(chosen) as c (source text, fact_table text, fact_id uuid) where c.source = 'event' and c.fact_id is not null group by c.fact_table) told;
  return query
    select c.line_id, coalesce(k.same_as, c.person_id), c.source, c.kind, c.at, c.account_id, a.display_name, c.words, f.fact, c.taken_by, c.taken_at
      from jsonb_to_recordset(chosen) as c (line_id uuid, person_id uuid, source text, kind text, fact_id uuid, at timestamptz, account_id uuid,
                                            words text, taken_by text, taken_at timestamptz)
      join index_card k on k.person_id = c.person_id
      left join facts_of(wanted) f on f.id = c.fact_id and c.source = 'event'
      left join access.account a on a.id = c.account_id
     order by c.at;
end $$;

-- Takes lines over that this session's list shows and nobody has taken over; never what one did oneself. Returns how many.
create function record.take_over(in_lines uuid[]) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  taken integer;
begin
  insert into record.night_taken_over (person_id, line_id, taken_by)
    select w.person_id, w.line_id, me
      from record.night_work(now() - interval '92 days') w
      join access.listed_reach('night') l on l.person = w.person_id and (w.field_group = any (l.groups) or not l.worked_with)
     where w.line_id = any (in_lines) and w.account_id is distinct from me
  on conflict (person_id, line_id) do nothing;
  get diagnostics taken = row_count;
  return taken;
end $$;

-- For how many children something waits to be taken over: a figure for the page of the day.
create function record.night_waiting() returns integer
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  people uuid[] := access.night_people(me, 'night');
begin
  if cardinality(people) = 0 then
    return 0;
  end if;
  return (select count(distinct w.person_id)::integer
            from record.night_work(now() - interval '92 days') w
           where w.account_id is distinct from me and w.person_id = any (people)
             and not exists (select from record.night_taken_over t where t.person_id = w.person_id and t.line_id = w.line_id));
end $$;

-- What the night should know of the people of a list that was opened ('tonight').
create function record.tonight_listed()
  returns table (id uuid, person_id uuid, words text, from_day date, to_day date, by_name text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select t.id, coalesce(k.same_as, t.person_id), t.words, t.from_day, t.to_day, a.display_name
    from access.listed_reach('tonight') l
    join record.tonight t on t.person_id = l.person and 'F24' = any (l.groups)
    join record.index_card k on k.person_id = t.person_id
    left join access.account a on a.id = t.recorded_by
   where t.ended_on is null and t.from_day <= current_date and t.to_day >= current_date - 1
   order by t.recorded_at desc
$$;

revoke execute on all routines in schema record, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.night_lines(timestamptz), record.take_over(uuid[]), record.tonight_listed(), record.night_waiting()');
end $$;
