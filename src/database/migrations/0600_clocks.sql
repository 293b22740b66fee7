-- Statutory clocks: the list as this version of the program brings it (src/clocks/clocks.ts, written here by
-- src/clocks/seed.ts at each migration), what an authority adds, and what is due. What is due is counted by the
-- program, of the events of a person, in the transaction that wrote them; after an import and every night by a job
-- (docs/decisions/what-is-due-is-stored.md).

create schema clocks;
comment on schema clocks is 'The list of statutory clocks, what an authority adds to it, and who has to be counted again.';
do $$
begin
  call foundation.grant_to('app', 'usage on schema clocks');
  call foundation.grant_to('jobs', 'usage on schema clocks');
end $$;

create table clocks.clock (
  id text primary key,
  place integer not null,
  name text not null,
  statutory boolean not null
);
comment on table clocks.clock is 'The list, as src/clocks/clocks.ts has it; a row that it no longer has is kept, for what was counted by it.';

create table clocks.clock_count (
  clock text not null references clocks.clock,
  place integer not null,
  unit text not null,
  n integer not null,
  most integer,
  primary key (clock, place)
);
comment on column clocks.clock_count.most is 'How far an authority may go: for a statutory clock its own count. Null: as far as it likes.';

create table clocks.looked_at (
  kind text not null,
  column_name name not null,
  primary key (kind, column_name)
);
comment on table clocks.looked_at is 'Columns of facts that clocks look at, by the kind of event.';

create table clocks.bank_holiday (
  day date primary key,
  name text not null check (name <> ''),
  added_by uuid references access.account,
  added_at timestamptz not null default now(),
  taken_back_at timestamptz,
  taken_back_by uuid references access.account
);
comment on table clocks.bank_holiday is 'Bank holidays in England and Wales besides those the program came with: years to come, and days proclaimed.';

-- Dated rows, never changed but for their end: an authority's own time, and why.
create table clocks.tightening (
  id uuid primary key default uuidv7(),
  clock text not null references clocks.clock,
  place integer not null,
  n integer not null check (n >= 0),
  from_day date not null,
  to_day date check (to_day >= from_day),
  reason text not null check (reason <> ''),
  decided_by uuid references access.account,
  decided_at timestamptz not null default now(),
  during daterange generated always as (case when to_day is null or to_day > from_day then daterange(from_day, to_day) end) stored,
  foreign key (clock, place) references clocks.clock_count,
  constraint tightening_one_at_a_time unique (clock, place, during without overlaps) deferrable
);

-- A statutory time may be made shorter, and not longer.
create function clocks.refuse_loosening() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := (select c.most from clocks.clock_count c where c.clock = new.clock and c.place = new.place);
begin
  if new.n > most then
    raise exception 'Clock % may not be longer than %', new.clock, most using errcode = 'check_violation', constraint = 'tightening_never_loosens';
  end if;
  return new;
end $$;
create trigger refuse_loosening before insert or update on clocks.tightening for each row execute function clocks.refuse_loosening();

do $$
begin
  call foundation.grant_to('app', 'select on table clocks.clock, clocks.clock_count, clocks.bank_holiday, clocks.tightening');
  call foundation.grant_to('jobs', 'select on table clocks.clock, clocks.clock_count, clocks.bank_holiday, clocks.tightening');
  call foundation.grant_to('app', 'insert on table clocks.bank_holiday, clocks.tightening');
  call foundation.grant_to('app', 'update (taken_back_at, taken_back_by) on table clocks.bank_holiday');
  call foundation.grant_to('app', 'update (to_day) on table clocks.tightening');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- What is due

create table record.due (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  clock text not null,
  started_key text not null,
  started_by uuid not null,
  started_kind text not null,
  started_on date not null,
  started_at timestamptz,
  by_age boolean not null,
  counted jsonb not null,
  due_on date,
  due_at timestamptz,
  plan_on date,
  soon_on date,
  senior_on date,
  director_on date,
  state text not null check (state in ('open', 'met', 'ended', 'not-required', 'not-known', 'flag')),
  late boolean not null,
  completed_by uuid,
  completed_kind text,
  completed_on date,
  completed_at timestamptz,
  completed_recorded_on date,
  extended_kind text,
  extended_on date,
  ended_on date,
  ended_by text,
  unique (person_id, clock, started_key)
);
create index due_open on record.due (person_id, due_on) where state = 'open';
comment on table record.due is 'Every start of every clock for a person, and what became of it. Written by clocks.settle alone.';
comment on column record.due.started_key is 'Which start it is: the fact, the kind of event, the birthday.';
comment on column record.due.by_age is 'It hangs on an age: a corrected date of birth leaves what was completed as it was.';
comment on column record.due.counted is 'The count that was used: { "unit": "WD", "n": 15 }.';

call foundation.keep('record.due', 'column:field_group', $$
  field_group           | F27 | ordinary | with record | says which part of the record the row belongs to
  clock                 | F27 | ordinary | with record | worked out from the events, which are in it
  started_key           | F27 | ordinary | with record | says which event it was counted from
  started_by            | F27 | ordinary | with record | says which event it was counted from
  started_kind          | F27 | ordinary | with record | worked out from the events, which are in it
  started_on            | F27 | ordinary | with record | worked out from the events, which are in it
  started_at            | F27 | ordinary | with record | worked out from the events, which are in it
  by_age                | F27 | ordinary | with record | says how the row is kept up
  counted               | F27 | ordinary | with record | worked out from the events, which are in it
  due_on                | F27 | ordinary | with record | worked out from the events, which are in it
  due_at                | F27 | ordinary | with record | worked out from the events, which are in it
  plan_on               | F27 | ordinary | with record | worked out from the events, which are in it
  soon_on               | F27 | ordinary | with record | worked out from the events, which are in it
  senior_on             | F27 | ordinary | with record | worked out from the events, which are in it
  director_on           | F27 | ordinary | with record | worked out from the events, which are in it
  state                 | F27 | ordinary | with record | worked out from the events, which are in it
  late                  | F27 | ordinary | with record | worked out from the events, which are in it
  completed_by          | F27 | ordinary | with record | says which event completed it
  completed_kind        | F27 | ordinary | with record | worked out from the events, which are in it
  completed_on          | F27 | ordinary | with record | worked out from the events, which are in it
  completed_at          | F27 | ordinary | with record | worked out from the events, which are in it
  completed_recorded_on | F27 | ordinary | with record | worked out from the events, which are in it
  extended_kind         | F27 | ordinary | with record | worked out from the events, which are in it
  extended_on           | F27 | ordinary | with record | worked out from the events, which are in it
  ended_on              | F27 | ordinary | with record | worked out from the events, which are in it
  ended_by              | F27 | ordinary | with record | worked out from the events, which are in it
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.due');
  call foundation.revoke_from('jobs', 'insert, update, delete on table record.due');
end $$;

-- What somebody decided about something due: that it need not be done, or why it is late.
create table record.due_decision (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  clock text not null,
  started_key text not null,
  kind text not null check (kind in ('not-required', 'late-because')),
  reason text not null check (reason <> ''),
  decided_on date not null default current_date,
  taken_back_on date check (taken_back_on >= decided_on)
);
create unique index on record.due_decision (person_id, clock, started_key, kind) where taken_back_on is null;
call foundation.keep('record.due_decision', 'column:field_group', $$
  field_group   | F27 | ordinary | with record | says which part of the record the row belongs to
  clock         | F27 | ordinary | with record | yes
  started_key   | F27 | ordinary | with record | says which event it was counted from
  kind          | F27 | ordinary | with record | yes
  reason        | F27 | ordinary | with record | yes
  decided_on    | F27 | ordinary | with record | yes
  taken_back_on | F27 | ordinary | with record | yes
$$);

-- A list of one’s work shows what is due as far as one’s role reaches: further with the children one works with oneself
-- (or covers for) than with those of the team.
create function access.groups_by(in_rules text[]) returns text[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return array(
    select distinct unnest(rr.groups)
      from access.session_now s join access.role_reach rr on rr.role = any (access.roles_of(s.account_id))
     where rr.rule = any (in_rules) and not rr.needs_reason and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date));
create function access.caseload_ids() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  return (select coalesce(array_agg(distinct person), '{}') from access.open_now o cross join unnest(o.people) as person
           where o.kind = 'list' and o.level = 'caseload');
create function access.own_ids() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (select coalesce(access.with_aliases(array_agg(distinct w.person_id)), '{}')
            from access.session_now s
            join access.works_with w on w.account_id = s.account_id or w.account_id = any (access.covers_for(s.account_id)));
-- Sensitive sections (governance E.3, L1) stay with who the record opens them to: allocated worker, adviser, adoption
-- worker, and the managers above.
create function access.closed_sections(out person uuid, out field_group text) returns setof record
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
begin atomic
  select same.id, section
    from access.session_now s
   cross join access.restricted r cross join unnest(r.sections) as section
   cross join lateral unnest(access.with_aliases(array[r.person_id])) as same (id)
   where not access.roles_of(s.account_id) && '{A-TM,A-SM}'
     and not exists (select from access.works_with w where w.account_id = s.account_id and w.person_id = same.id
                        and w.kind in ('allocated', 'personal-adviser', 'adoption-worker'));
end;
comment on function access.caseload_ids is 'The people a list of one’s own work was opened for.';
comment on function access.own_ids is 'The people one works with oneself, or covers for.';
do $$
begin
  execute format($policy$create policy app_lists on record.due for select to %I
      using (person_id = any ((select access.caseload_ids())::uuid[])
             and (field_group = any ((select access.groups_by('{team,supervising-line,duty}'))::text[])
                  or person_id = any ((select access.own_ids())::uuid[])
                     and field_group = any ((select access.groups_by('{allocated,co-working,advising,reviewing,adoption,supporting-carer,cover}'))::text[]))
             and (person_id, field_group) not in (select c.person, c.field_group from access.closed_sections() c))$policy$,
    foundation.role_name('app'));
  call foundation.grant_to('app', 'execute on function access.caseload_ids(), access.own_ids(), access.groups_by(text[]), access.closed_sections()');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Who has to be counted again

create table clocks.touched (
  transaction xid8 not null default pg_current_xact_id(),
  person_id uuid not null,
  primary key (transaction, person_id)
);
create index on clocks.touched (person_id);
comment on table clocks.touched is 'Whose facts changed in a transaction that has not counted them. What a page writes it counts before it commits; what a run leaves here a job counts.';

create function clocks.note_touched() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  subject text := (select quote_ident(k.subject) from foundation.kept_table k where k.table_name = tg_table_name);
  rows text := case tg_op when 'INSERT' then 'select * from new_rows' when 'DELETE' then 'select * from old_rows'
                          else 'select * from new_rows union all select * from old_rows' end;
begin
  execute case tg_table_name
    when 'person_alias' then format('insert into clocks.touched (person_id) select distinct touched.one from (%s) r cross join unnest(array[r.person_id, r.same_as]) as touched (one) on conflict do nothing', rows)
    else format('insert into clocks.touched (person_id) select distinct %s from (%s) r on conflict do nothing', subject, rows)
  end;
  return null;
end $$;

create procedure foundation.clocks_hear(record_table regclass)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create or replace trigger clocks_hear_added after insert on %s referencing new table as new_rows for each statement execute function clocks.note_touched()', record_table);
  execute format('create or replace trigger clocks_hear_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function clocks.note_touched()', record_table);
  execute format('create or replace trigger clocks_hear_removed after delete on %s referencing old table as old_rows for each statement execute function clocks.note_touched()', record_table);
end $$;

-- From here on a table that tells is heard.
create or replace procedure foundation.tells(record_table regclass, date_column name, kind text, moment_column name default null)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  of_table name := (select relname from pg_class where oid = record_table and relnamespace = 'record'::regnamespace);
  first boolean := not exists (select from foundation.telling t where t.table_name = of_table);
begin
  insert into foundation.telling values (kind, of_table, date_column, moment_column);
  if first then
    execute format('create trigger tell_added after insert on %s referencing new table as new_rows for each statement execute function foundation.tell()', record_table);
    execute format('create trigger tell_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function foundation.tell()', record_table);
    execute format('create trigger tell_removed after delete on %s referencing old table as old_rows for each statement execute function foundation.tell()', record_table);
    call foundation.build_facts_of();
    call foundation.clocks_hear(record_table);
  end if;
end $$;

do $$
declare
  of_table name;
begin
  for of_table in select table_name from foundation.telling union select 'person_alias' loop
    call foundation.clocks_hear(format('record.%I', of_table)::regclass);
  end loop;
end $$;

call foundation.tells('record.due_decision', 'decided_on', 'due-decided');

-- ---------------------------------------------------------------------------------------------------------
-- What clocks hear, and where the answer goes

-- A person under one id, whatever ids the record knows them by.
create function clocks.humans(in_people uuid[]) returns table (human uuid, person_id uuid)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from record.person_alias) then
    return query select distinct p, p from unnest(in_people) as p;
  else
    return query select l.leader, l.person_id from foundation.leaders(foundation.with_aliases(in_people)) l;
  end if;
end $$;

-- heard(uuid[]): the events of these people that clocks hear, a row for each human being, with what clocks look at of
-- their facts; made of clocks.looked_at, as facts_of is made of foundation.telling.
create procedure clocks.build_heard()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  facts text := (
    select string_agg(format('when %L then (select jsonb_build_object(%s) from record.%I t where t.id = e.fact_id)', of_kind.kind, of_kind.columns, of_kind.table_name), E'\n' order by of_kind.kind)
      from (select t.kind, t.table_name, string_agg(format('%L, t.%I', l.column_name, l.column_name), ', ' order by l.column_name) as columns
              from clocks.looked_at l join foundation.telling t on t.kind = l.kind
              join pg_attribute a on a.attrelid = format('record.%I', t.table_name)::regclass and a.attname = l.column_name and not a.attisdropped
             group by t.kind, t.table_name) of_kind);
begin
  execute format($function$
    create or replace function clocks.heard(in_people uuid[]) returns table (human uuid, people uuid[], events json)
      language plpgsql stable security definer
      set search_path = pg_catalog, pg_temp
      set plan_cache_mode = force_generic_plan
      set enable_seqscan = off
    as %L$function$, format($body$
    #variable_conflict use_column
    begin
      return query
        select h.human, array_agg(distinct h.person_id),
               coalesce(json_agg(json_build_array(e.id, e.person_id, e.kind, e.fact_table, e.fact_id, e.happened_on - date '1970-01-01',
                        (extract(epoch from e.happened_at) * 1000)::bigint, case e.kind %s end, e.recorded_at::date - date '1970-01-01', e.import_run_id is not null))
                 filter (where e.id is not null), '[]')
          from clocks.humans(in_people) h left join record.event e on e.person_id = h.person_id
         group by h.human;
    end$body$, coalesce(facts, 'when null then null::jsonb')));
  revoke execute on function clocks.heard(uuid[]) from public;
end $$;
call clocks.build_heard();

create function clocks.lock(in_people uuid[]) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  human uuid;
begin
  -- Whoever writes about the same person at the same time counts after us, and sees what we wrote.
  for human in select distinct h.human from clocks.humans(in_people) h order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('clocks ' || human, 0));
  end loop;
end $$;

-- The people touched in this transaction. Locking is a statement of its own: the next one sees what others committed.
create function clocks.heard_now() returns table (human uuid, people uuid[], events json)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  touched uuid[] := array(select t.person_id from clocks.touched t where t.transaction = pg_current_xact_id_if_assigned());
begin
  if cardinality(touched) > 0 then
    perform clocks.lock(touched);
    return query select * from clocks.heard(touched);
  end if;
end $$;

create function clocks.heard_in_run(in_people uuid[]) returns table (human uuid, people uuid[], events json)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not access.run_is_open() then
    raise exception 'Counting needs a run';
  end if;
  perform clocks.lock(in_people);
  return query select * from clocks.heard(in_people);
end $$;

-- Puts what is due for these people in place of what stood. What was completed stays as it was counted then, unless what
-- started or completed it was corrected; a corrected date of birth is no such correction.
create function clocks.settle(in_people uuid[], in_rows jsonb) returns void
  language plpgsql security definer
  set search_path = record, pg_catalog, pg_temp
  -- One child or five hundred: planned for as many as there are.
  set plan_cache_mode = force_custom_plan
as $$
begin
  if not access.run_is_open() and exists (
      select from clocks.humans(in_people) h
        left join clocks.touched t on t.person_id = h.person_id and t.transaction = pg_current_xact_id_if_assigned()
       group by h.human having count(t.person_id) = 0) then
    raise exception 'Only who was touched is counted again';
  end if;
  with counted as materialized (
    select * from jsonb_to_recordset(in_rows) as r (
      person_id uuid, field_group text, clock text, started_key text, started_by uuid, started_kind text, started_on date, started_at timestamptz,
      by_age boolean, counted jsonb, due_on date, due_at timestamptz, plan_on date, soon_on date, senior_on date, director_on date, state text, late boolean,
      completed_by uuid, completed_kind text, completed_on date, completed_at timestamptz, completed_recorded_on date,
      extended_kind text, extended_on date, ended_on date, ended_by text)
  ), rows as (
    select c.person_id, c.field_group, c.clock, c.started_key, c.started_by, c.started_kind, c.started_on, c.started_at, c.by_age, c.counted, c.due_on, c.due_at,
           c.plan_on, c.soon_on, c.senior_on, c.director_on,
           case when c.state in ('open', 'not-known') and d.id is not null then 'not-required' else c.state end as state, c.late,
           c.completed_by, c.completed_kind, c.completed_on, c.completed_at, c.completed_recorded_on, c.extended_kind, c.extended_on, c.ended_on, c.ended_by
      from counted c
      left join due_decision d on d.person_id = c.person_id and d.clock = c.clock and d.started_key = c.started_key
                              and d.kind = 'not-required' and d.taken_back_on is null
  ), gone as (
    delete from due t
     where t.person_id = any (in_people)
       and not exists (select from rows s where s.person_id = t.person_id and s.clock = t.clock and s.started_key = t.started_key)
       and not (t.by_age and t.state = 'met'
                and exists (select from event e where e.id = t.completed_by and e.happened_on = t.completed_on)
                and exists (select from event e where e.id = t.started_by and (e.kind <> t.started_kind or e.kind = 'born' or e.happened_on = t.started_on)))
  )
  merge into due t
  using (select s.* from rows s
          -- Completed under another of two clocks that an age tells apart: that stands.
          where not (s.by_age and s.state = 'met' and exists (
            select from due k where k.person_id = s.person_id and k.state = 'met' and k.by_age and k.clock <> s.clock
               and k.started_by = s.started_by and k.completed_by = s.completed_by and k.completed_on = s.completed_on
               and not exists (select from rows same where same.person_id = k.person_id and same.clock = k.clock and same.started_key = k.started_key)))) s
     on t.person_id = s.person_id and t.clock = s.clock and t.started_key = s.started_key
  when matched and t.state = 'met' and s.state = 'met' and t.completed_by = s.completed_by and t.completed_on = s.completed_on
              and t.completed_at is not distinct from s.completed_at and (t.started_on = s.started_on or t.by_age) then
    do nothing
  when matched and (t.field_group, t.started_on, t.started_at, t.counted, t.due_on, t.due_at, t.plan_on, t.soon_on, t.senior_on, t.director_on, t.state, t.late,
                    t.completed_by, t.completed_on, t.completed_at, t.extended_on, t.ended_on, t.ended_by)
        is distinct from (s.field_group, s.started_on, s.started_at, s.counted, s.due_on, s.due_at, s.plan_on, s.soon_on, s.senior_on, s.director_on, s.state, s.late,
                    s.completed_by, s.completed_on, s.completed_at, s.extended_on, s.ended_on, s.ended_by) then
    update set field_group = s.field_group, started_by = s.started_by, started_kind = s.started_kind, started_on = s.started_on, started_at = s.started_at,
      by_age = s.by_age, counted = s.counted, due_on = s.due_on, due_at = s.due_at, plan_on = s.plan_on, soon_on = s.soon_on, senior_on = s.senior_on,
      director_on = s.director_on, state = s.state, late = s.late, completed_by = s.completed_by, completed_kind = s.completed_kind, completed_on = s.completed_on,
      completed_at = s.completed_at, completed_recorded_on = s.completed_recorded_on, extended_kind = s.extended_kind, extended_on = s.extended_on,
      ended_on = s.ended_on, ended_by = s.ended_by
  when not matched then
    insert (person_id, field_group, clock, started_key, started_by, started_kind, started_on, started_at, by_age, counted, due_on, due_at, plan_on, soon_on,
      senior_on, director_on, state, late, completed_by, completed_kind, completed_on, completed_at, completed_recorded_on, extended_kind, extended_on, ended_on, ended_by)
    values (s.person_id, s.field_group, s.clock, s.started_key, s.started_by, s.started_kind, s.started_on, s.started_at, s.by_age, s.counted, s.due_on, s.due_at, s.plan_on, s.soon_on,
      s.senior_on, s.director_on, s.state, s.late, s.completed_by, s.completed_kind, s.completed_on, s.completed_at, s.completed_recorded_on, s.extended_kind, s.extended_on, s.ended_on, s.ended_by);
  delete from clocks.touched t where t.transaction = pg_current_xact_id_if_assigned() and t.person_id = any (in_people);
end $$;

-- Who waits to be counted, and that they were: by the transactions that touched them, for another may touch them again.
create function clocks.waiting(in_most integer, out people uuid[], out transactions xid8[])
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  people := array(select t.person_id from clocks.touched t group by t.person_id order by t.person_id limit in_most);
  transactions := array(select distinct t.transaction from clocks.touched t where t.person_id = any (people));
end $$;
create function clocks.counted(in_people uuid[], in_transactions xid8[]) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  delete from clocks.touched t where t.person_id = any (in_people) and t.transaction = any (in_transactions);
end;

-- Everyone with something that can still change by the day alone, in the order of their ids.
create function clocks.open_people(in_after uuid, in_most integer) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return array(select distinct d.person_id from record.due d
                where d.state in ('open', 'not-known', 'flag') and (in_after is null or d.person_id > in_after)
                order by d.person_id limit in_most);

-- A clock may begin by the day alone for whoever has a birthday that matters and was ever in care.
create function clocks.birthday_people(in_after uuid, in_most integer) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return array(select p.id from record.person p
                where p.date_of_birth > current_date - interval '26 years' and p.date_of_birth <= current_date - interval '15 years'
                  and exists (select from record.period_of_care c where c.person_id = p.id)
                  and (in_after is null or p.id > in_after)
                order by p.id limit in_most);

revoke execute on all routines in schema foundation, clocks, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function clocks.heard_now(), clocks.settle(uuid[], jsonb)');
  call foundation.grant_to('jobs', 'execute on function clocks.heard_in_run(uuid[]), clocks.settle(uuid[], jsonb), clocks.waiting(integer), clocks.counted(uuid[], xid8[]), clocks.open_people(uuid, integer), clocks.birthday_people(uuid, integer)');
end $$;

-- The decision on a contact is an event: it completes REF-01.
insert into foundation.telling values ('contact-decided', 'contact', 'decided_on', null);
call foundation.build_facts_of();
insert into record.event (person_id, kind, happened_on, field_group, fact_table, fact_id, recorded_by, import_run_id, import_place)
  select c.person_id, 'contact-decided', c.decided_on, 'F11', 'contact', c.id, c.recorded_by, c.import_run_id, c.import_place
    from record.contact c where c.decided_on is not null;
