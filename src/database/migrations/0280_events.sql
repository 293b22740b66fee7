-- The spine: what happened to whom, in order. An event is made, moved and removed by the database together with its
-- fact, so the two cannot part: a table says in one line which of its dates is an event of which kind. Kinds and their
-- words are in src/events/kinds.ts; a test holds the two lists together.

create table foundation.telling (
  kind text primary key check (kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  table_name name not null references foundation.kept_table,
  date_column name not null,
  moment_column name,
  unique (table_name, date_column)
);
comment on table foundation.telling is 'Which date of which table of the record is an event, and of which kind.';

create table record.event (
  id uuid primary key default uuidv7(),
  person_id uuid not null,
  kind text not null,
  happened_on date not null,
  happened_at timestamptz,
  field_group text not null,
  fact_table name not null,
  fact_id uuid not null,
  unique (fact_id, kind)
);
create index on record.event (person_id, happened_on);
comment on table record.event is 'Written by the trigger foundation.tell alone, which is why it needs no foreign keys. It copies no content: what happened stands in the fact.';

call foundation.keep('record.event', 'column:field_group', $$
  kind        | F27 | ordinary | with record | yes
  happened_on | F27 | ordinary | with record | yes
  happened_at | F27 | ordinary | with record | yes
  field_group | F27 | ordinary | with record | says which part of the record the row belongs to
  fact_table  | F27 | ordinary | with record | says where the fact stands
  fact_id     | F27 | ordinary | with record | says where the fact stands
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.event');
  call foundation.revoke_from('jobs', 'insert, update, delete on table record.event');
end $$;

-- One statement for all rows and all kinds of a table, so that a bulk import pays for a join and not for a loop.
create function foundation.tell() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept foundation.kept_table := (select k from foundation.kept_table k where k.table_name = tg_table_name);
  dates text := (select string_agg(format('(%L, new_row.%I, %s)', t.kind, t.date_column,
                          case when t.moment_column is null then 'null::timestamptz' else format('new_row.%I', t.moment_column) end), ', ' order by t.kind)
                   from foundation.telling t where t.table_name = tg_table_name);
  told text := format('select new_row.%I as person_id, said.kind, said.happened_on, said.happened_at, %s as field_group,
                              new_row.id as fact_id, new_row.recorded_by, new_row.import_run_id, new_row.import_place
                         from new_rows new_row cross join lateral (values %s) said (kind, happened_on, happened_at)
                        where said.happened_on is not null',
                      kept.subject, coalesce(quote_literal(kept.field_group), format('new_row.%I', kept.group_column)), dates);
  add constant text := 'insert into record.event (person_id, kind, happened_on, happened_at, field_group, fact_table, fact_id, recorded_by, import_run_id, import_place)
    select told.person_id, told.kind, told.happened_on, told.happened_at, told.field_group, %L, told.fact_id, told.recorded_by, told.import_run_id, told.import_place
      from (%s) told';
begin
  if tg_op = 'INSERT' then
    execute format(add, tg_table_name, told);
  elsif tg_op = 'DELETE' then
    delete from record.event e using old_rows gone where e.fact_id = gone.id and e.fact_table = tg_table_name;
  else
    execute format('delete from record.event e using old_rows gone
                     where e.fact_id = gone.id and e.fact_table = %L
                       and not exists (select from (%s) told where told.fact_id = e.fact_id and told.kind = e.kind)', tg_table_name, told);
    execute format('update record.event e
                       set person_id = told.person_id, happened_on = told.happened_on, happened_at = told.happened_at, field_group = told.field_group,
                           recorded_by = told.recorded_by, import_run_id = told.import_run_id, import_place = told.import_place
                      from (%s) told
                     where e.fact_id = told.fact_id and e.kind = told.kind
                       and (e.person_id, e.happened_on, e.happened_at, e.field_group)
                           is distinct from (told.person_id, told.happened_on, told.happened_at, told.field_group)', told);
    execute format(add || ' where not exists (select from record.event e where e.fact_id = told.fact_id and e.kind = told.kind)', tg_table_name, told);
  end if;
  return null;
end $$;

-- facts_of(jsonb): the facts of events, given as { table: [id, …] }, with their reader's rights. A branch for each table that tells, so
-- that PostgreSQL keeps a plan for each (docs/decisions/what-guarded-reading-costs.md).
create procedure foundation.build_facts_of()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  role_kind text;
begin
  execute format($function$
    create or replace function record.facts_of(in_facts jsonb) returns table (id uuid, fact jsonb)
      language plpgsql stable
      set plan_cache_mode = force_generic_plan
    as %L$function$,
    E'#variable_conflict use_column\nbegin\n' || (
      select string_agg(format(
        E'  if in_facts ? %1$L then return query select t.id, to_jsonb(t) from %1$I t where t.id = any (array(select jsonb_array_elements_text(in_facts -> %1$L)::uuid)); end if;\n',
        told.table_name), '' order by told.table_name)
        from (select distinct t.table_name from foundation.telling t) told) || 'end');
  revoke execute on function record.facts_of(jsonb) from public;
  foreach role_kind in array array['app', 'jobs'] loop
    call foundation.grant_to(role_kind, 'execute on function record.facts_of(jsonb)');
  end loop;
end $$;

create procedure foundation.tells(record_table regclass, date_column name, kind text, moment_column name default null)
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
  end if;
end $$;

comment on procedure foundation.tells is
  'tells(''record.cin_plan'', ''cin_plan_start_date'', ''child-in-need-plan-started''): that date of a fact is an event of that kind. For a table without rows; a table that has some needs its events made by the migration.';

call foundation.tells('record.person', 'date_of_birth', 'born');
call foundation.tells('record.person', 'died_on', 'died');
call foundation.tells('record.address', 'from_day', 'moved-in');
call foundation.tells('record.hazard', 'from_day', 'hazard-noted');
call foundation.tells('record.involvement', 'from_day', 'worker-began');
call foundation.tells('record.involvement', 'to_day', 'worker-ended');
call foundation.tells('record.contact', 'contact_date', 'contact-received', 'contact_at');
call foundation.tells('record.referral', 'referral_date', 'referral-received');
call foundation.tells('record.referral', 'close_date', 'case-closed');
call foundation.tells('record.assessment', 'assessment_start_date', 'assessment-started');
call foundation.tells('record.assessment', 'assessment_auth_date', 'assessment-authorised');
call foundation.tells('record.cin_plan', 'cin_plan_start_date', 'child-in-need-plan-started');
call foundation.tells('record.cin_plan', 'cin_plan_end_date', 'child-in-need-plan-ended');
call foundation.tells('record.section_47', 's47_start_date', 'section-47-started');
call foundation.tells('record.section_47', 's47_end_date', 'section-47-ended');
call foundation.tells('record.initial_conference', 'icpc_date', 'initial-conference-held');
call foundation.tells('record.child_protection_plan', 'cp_plan_start_date', 'child-protection-plan-started');
call foundation.tells('record.child_protection_plan', 'cp_plan_end_date', 'child-protection-plan-ended');
call foundation.tells('record.child_protection_review', 'cp_review_date', 'child-protection-review-held');
call foundation.tells('record.pre_proceedings', 'pp_start_date', 'pre-proceedings-started');
call foundation.tells('record.pre_proceedings', 'lbp_sent_date', 'letter-before-proceedings-sent');
call foundation.tells('record.pre_proceedings', 'initial_pp_meeting_date', 'pre-proceedings-meeting-held');
call foundation.tells('record.pre_proceedings', 'step_decision_date', 'pre-proceedings-decided');
call foundation.tells('record.pre_proceedings', 'court_app_date', 'court-application-made');
call foundation.tells('record.pre_proceedings', 'letter_init_cp_date', 'care-proceedings-letter-sent');
call foundation.tells('record.period_of_care', 'start_date', 'care-began');
call foundation.tells('record.period_of_care', 'end_date', 'care-ended');
call foundation.tells('record.placement', 'start_date', 'placement-began');
call foundation.tells('record.placement', 'end_date', 'placement-ended');
call foundation.tells('record.legal_status', 'start_date', 'legal-status-began');
call foundation.tells('record.legal_status', 'end_date', 'legal-status-ended');
call foundation.tells('record.looked_after_review', 'review', 'looked-after-review-held');
call foundation.tells('record.missing_episode', 'mis_start', 'went-missing', 'mis_start_at');
call foundation.tells('record.missing_episode', 'mis_end', 'found', 'mis_end_at');
call foundation.tells('record.deprivation_of_liberty', 'dolo_start', 'deprivation-of-liberty-began');
call foundation.tells('record.deprivation_of_liberty', 'dolo_end', 'deprivation-of-liberty-ended');
call foundation.tells('record.social_worker_episode', 'sw_decom', 'social-worker-began');
call foundation.tells('record.social_worker_episode', 'sw_dec', 'social-worker-ended');
call foundation.tells('record.sdq', 'sdq_completed_date', 'sdq-completed');
call foundation.tells('record.adoption', 'date_int', 'adoption-decided');
call foundation.tells('record.adoption', 'date_match', 'adopters-matched');
call foundation.tells('record.placed_for_adoption', 'date_placed', 'placing-for-adoption-decided');
call foundation.tells('record.placed_for_adoption', 'date_placed_ceased', 'placing-for-adoption-reversed');

do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'select on table foundation.telling');
  end loop;
end $$;
revoke execute on all routines in schema foundation from public;
