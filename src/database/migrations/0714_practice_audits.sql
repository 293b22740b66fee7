-- Practice audits (practice 12.5): a sample of children drawn by criteria and a seed that anybody can draw again, opened to an auditor for as
-- long as the audit lasts by the rule there is for it (access.make_tie, 'sampled-audit'), what was found, and what came of it.

create table team.practice_audit (
  id uuid primary key default uuidv7(),
  title text not null check (length(btrim(title)) >= 3),
  questions jsonb not null check (jsonb_typeof(questions) = 'array' and jsonb_array_length(questions) between 1 and 30),
  badges text[] not null,
  seed text not null,
  wanted smallint not null check (wanted between 1 and 50),
  drawn_from integer not null,
  auditor_id uuid not null references access.account,
  ordered_by uuid not null references access.account,
  from_day date not null default current_date,
  until_day date not null check (until_day between from_day and from_day + 30),
  ended_on date,
  outcome text,
  check (auditor_id <> ordered_by),
  check (ended_on is not null or outcome is null)
);
comment on table team.practice_audit is 'The register. Whose records were in the sample stands on the records.';
comment on column team.practice_audit.drawn_from is 'How many children fitted the criteria that day.';

create function team.sees_audits() returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select access.roles_of(me.id) && '{A-SM,A-QA,A-CG,A-DPO}'::text[] from (select access.recorder() as id) me);

alter table team.practice_audit enable row level security;
do $$
begin
  execute format('create policy app_reads on team.practice_audit for select to %I using ((select team.sees_audits()))', foundation.role_name('app'));
  call foundation.grant_to('app', 'select on table team.practice_audit');
end $$;

create table record.case_audit (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  audit_id uuid not null references team.practice_audit,
  tie_id uuid not null references access.tie,
  audited_on date,
  answers jsonb,
  grade text check (grade in ('outstanding', 'good', 'requires-improvement', 'inadequate')),
  findings text,
  action text,
  action_by date,
  action_done_on date,
  action_done_by uuid references access.account,
  action_done_words text,
  unique (person_id, audit_id),
  check ((audited_on is null) = (grade is null) and (audited_on is null) = (findings is null)),
  check (action_done_on is null or action is not null and action_done_by is not null)
);
create index on record.case_audit (audit_id);
comment on table record.case_audit is 'Written by team.draw_audit, record.file_case_audit and record.finish_audit_action alone: an auditor reads and changes nothing.';
call foundation.keep('record.case_audit', 'F25', $$
  audit_id          | F25 | ordinary | with record | says which audit it belongs to
  tie_id            | F25 | ordinary | with record | says by what the auditor was let in
  audited_on        | F25 | ordinary | with record | yes
  answers           | F25 | special  | with record | yes
  grade             | F25 | ordinary | with record | yes
  findings          | F25 | special  | with record | yes
  action            | F25 | special  | with record | yes
  action_by         | F25 | ordinary | with record | yes
  action_done_on    | F25 | ordinary | with record | yes
  action_done_by    | F26 | ordinary | with record | about a worker; shown by name
  action_done_words | F25 | special  | with record | yes
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.case_audit');
end $$;
call foundation.tells('record.case_audit', 'audited_on', 'case-audited');

-- Draws a sample from the children of the list that was opened (`caseload`) and lets the auditor in. Restricted records are not drawn. Null where
-- it is not this account's to order, nobody fits, or that auditor cannot be: not a practice auditor, or oneself.
create function team.draw_audit(in_title text, in_questions jsonb, in_badges text[], in_seed text, in_wanted integer, in_auditor uuid, in_until date) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  made uuid;
  child uuid;
  fitting uuid[];
  tied record;
begin
  if me is null or not 'A-SM' = any (access.roles_of(me)) or in_auditor = me or not 'A-QA' = any (access.roles_of(in_auditor)) or not access.is_active(in_auditor) then
    return null;
  end if;
  -- The seed alone decides the order: whoever knows it draws the same children again.
  fitting := array(select c.person_id from record.index_card c
                    where c.person_id = any (access.caseload_ids()) and c.same_as is null and c.died_on is null and c.restriction < 2 and c.badges && in_badges
                      and not exists (select from access.conflicts_of(in_auditor) x where x.person_id = c.person_id)
                    order by encode(sha256(convert_to(in_seed || c.person_id::text, 'UTF8')), 'hex'));
  if cardinality(fitting) = 0 then
    return null;
  end if;
  insert into team.practice_audit (title, questions, badges, seed, wanted, drawn_from, auditor_id, ordered_by, until_day)
  values (btrim(in_title), in_questions, in_badges, in_seed, in_wanted, cardinality(fitting), in_auditor, me, in_until) returning id into made;
  foreach child in array fitting[1:in_wanted] loop
    select * into tied from access.make_tie(current_setting('cairn.session', true), in_auditor, child, 'sampled-audit', current_date, in_until, 'practice audit: ' || btrim(in_title));
    if tied.outcome = 'allowed' then
      insert into record.case_audit (person_id, audit_id, tie_id) values (child, made, tied.id);
    end if;
  end loop;
  perform access.tell(array[in_auditor], 'audit-asked', null, me, made);
  return made;
end $$;

-- Whose records an audit is about, for its auditor and whoever sees the register. Names come by opening, as everywhere.
create function team.audit_sample(in_audit uuid)
  returns table (person_id uuid, audited_on date, grade text, has_action boolean, action_by date, action_done_on date)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.person_id, c.audited_on, c.grade, c.action is not null, c.action_by, c.action_done_on
    from record.case_audit c join team.practice_audit a on a.id = c.audit_id
   where c.audit_id = in_audit and access.recorder() in (a.auditor_id, a.ordered_by) order by c.id
$$;

-- How an audit went, for everybody who sees the register: figures, and nobody.
create function team.audit_figures()
  returns table (audit_id uuid, drawn bigint, audited bigint, outstanding bigint, good bigint, requires_improvement bigint, inadequate bigint, actions bigint, actions_done bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.audit_id, count(*), count(c.audited_on), count(*) filter (where c.grade = 'outstanding'), count(*) filter (where c.grade = 'good'),
         count(*) filter (where c.grade = 'requires-improvement'), count(*) filter (where c.grade = 'inadequate'), count(c.action), count(c.action_done_on)
    from record.case_audit c where team.sees_audits() group by c.audit_id
$$;

-- The auditor's findings on one record that is open to them through the audit; filed once.
create function record.file_case_audit(in_audit uuid, in_person uuid, in_answers jsonb, in_grade text, in_findings text, in_action text, in_action_by date) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  c record.case_audit;
begin
  update record.case_audit x
     set audited_on = current_date, answers = in_answers, grade = in_grade, findings = in_findings, action = in_action, action_by = in_action_by
    from team.practice_audit a, access.tie t
   where x.audit_id = in_audit and x.person_id = in_person and x.audited_on is null and a.id = x.audit_id and a.auditor_id = me and a.ended_on is null
     and t.id = x.tie_id and t.ended_at is null and current_date between t.from_day and t.to_day and in_person = any (access.open_ids('F25'))
  returning x.* into c;
  if c.id is null then
    return false;
  end if;
  perform access.tell(array_remove(access.workers_of(access.alias_set(in_person)) || access.managers_over(access.alias_set(in_person)), me), 'audit-found', in_person, me, c.id);
  return true;
end $$;

-- What an audit asked for was done: said by whoever may write on the record.
create function record.finish_audit_action(in_audit uuid, in_person uuid, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update record.case_audit x set action_done_on = current_date, action_done_by = access.recorder(), action_done_words = nullif(btrim(in_words), '')
   where x.audit_id = in_audit and x.person_id = in_person and x.action is not null and x.action_done_on is null and in_person = any (access.writable_ids('F25'));
  return found;
end $$;

-- Ends an audit and what it opened: by whoever ordered it.
create function team.end_audit(in_audit uuid, in_outcome text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
begin
  update team.practice_audit a set ended_on = current_date, outcome = in_outcome where a.id = in_audit and a.ordered_by = me and a.ended_on is null;
  if not found then
    return false;
  end if;
  perform access.end_tie(current_setting('cairn.session', true), c.tie_id) from record.case_audit c where c.audit_id = in_audit;
  return true;
end $$;

revoke execute on all routines in schema team, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function team.sees_audits(), team.draw_audit(text, jsonb, text[], text, integer, uuid, date), team.audit_sample(uuid), team.audit_figures(), team.end_audit(uuid, text), record.file_case_audit(uuid, uuid, jsonb, text, text, text, date), record.finish_audit_action(uuid, uuid, text)');
end $$;
