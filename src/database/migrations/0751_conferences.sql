-- Child protection conferences from being asked for to their minutes (practice 5). What the census tells of them,
-- that one was held and what came of it, stays in initial_conference, child_protection_plan and child_protection_review,
-- which the decision writes.

create table record.conference (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  held_together uuid not null,
  kind text not null check (kind in ('initial', 'transfer-in', 'pre-birth', 'review')),
  -- As the clocks tell them apart.
  conference text not null generated always as (case when kind = 'review' then 'review' else 'initial' end) stored,
  section_47_id uuid references record.section_47,
  child_protection_plan_id uuid references record.child_protection_plan,
  asked_on date not null,
  asked_because text,
  -- A move here from another authority: the day it was told formally.
  transfer_notified_on date check (transfer_notified_on is null or kind = 'transfer-in'),
  transfer_from text,
  planned_on date,
  planned_at timestamptz,
  place_words text,
  chair_id uuid references access.account,
  postponed_because text,
  cancelled_on date,
  cancelled_because text,
  meets_on date generated always as (case when cancelled_on is null then planned_on end) stored,
  report_shared_on date,
  held_on date check (held_on >= asked_on),
  quorate boolean,
  quorum_words text,
  decision text check (decision in ('plan', 'no-plan', 'continue', 'end')),
  category codes.category_of_abuse,
  decision_words text,
  visit_every_days smallint check (visit_every_days between 1 and 60),
  decided_by uuid references access.account,
  corrected_because text,
  initial_conference_id uuid references record.initial_conference,
  child_protection_review_id uuid references record.child_protection_review,
  outline_plan_sent_on date,
  minutes_sent_on date,
  letter_sent_on date,
  unique (held_together, person_id),
  check ((held_on is null) = (decision is null)),
  check (decision is null or decision_words <> '' and quorate is not null),
  check (quorate or quorum_words <> ''),
  check ((decision in ('plan', 'continue')) = (category is not null)),
  check ((kind = 'review') = (decision in ('continue', 'end'))),
  check ((cancelled_on is null) = (cancelled_because is null)),
  check (held_on is null or cancelled_on is null)
);
create index on record.conference (person_id);
create index on record.conference (chair_id) where held_on is null and cancelled_on is null;
create index on record.conference (section_47_id) where section_47_id is not null;
create index on record.conference (child_protection_plan_id) where child_protection_plan_id is not null;
create index on record.conference (initial_conference_id) where initial_conference_id is not null;
create index on record.conference (child_protection_review_id) where child_protection_review_id is not null;
call foundation.keep('record.conference', 'F14', $$
  held_together              | F14 | ordinary | R-CP-01 | holds together what was held once
  kind                       | F14 | special  | R-CP-01 | yes
  conference                 | F14 | ordinary | R-CP-01 | worked out from its kind
  section_47_id              | F13 | special  | R-CP-01 | yes
  child_protection_plan_id   | F09 | special  | R-CP-01 | yes
  asked_on                   | F14 | ordinary | R-CP-01 | yes
  asked_because              | F14 | special  | R-CP-01 | yes
  transfer_notified_on       | F14 | ordinary | R-CP-01 | yes
  transfer_from              | F14 | ordinary | R-CP-01 | yes
  planned_on                 | F14 | ordinary | R-CP-01 | yes
  planned_at                 | F14 | ordinary | R-CP-01 | yes
  place_words                | F14 | ordinary | R-CP-01 | yes
  chair_id                   | F26 | ordinary | R-CP-01 | about who chairs it; shown by name
  postponed_because          | F14 | ordinary | R-CP-01 | yes
  cancelled_on               | F14 | ordinary | R-CP-01 | yes
  cancelled_because          | F14 | ordinary | R-CP-01 | yes
  meets_on                   | F14 | ordinary | R-CP-01 | worked out from the days it is planned and was cancelled
  report_shared_on           | F14 | ordinary | R-CP-01 | yes
  held_on                    | F14 | special  | R-CP-01 | yes
  quorate                    | F14 | ordinary | R-CP-01 | yes
  quorum_words               | F14 | ordinary | R-CP-01 | yes
  decision                   | F14 | special  | R-CP-01 | yes
  category                   | F14 | special  | R-CP-01 | yes
  decision_words             | F14 | special  | R-CP-01 | yes
  visit_every_days           | F14 | ordinary | R-CP-01 | yes
  decided_by                 | F26 | ordinary | R-CP-01 | about who chaired it; shown by name
  corrected_because          | F14 | ordinary | R-CP-01 | yes
  initial_conference_id      | F09 | special  | R-CP-01 | yes
  child_protection_review_id | F09 | special  | R-CP-01 | yes
  outline_plan_sent_on       | F14 | ordinary | R-CP-01 | yes
  minutes_sent_on            | F14 | ordinary | R-CP-01 | yes
  letter_sent_on             | F14 | ordinary | R-CP-01 | yes
$$);

-- The plan's own words: what worries, what is strong, what must change, who does what by when, what if.
create table record.protection_plan_line (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  child_protection_plan_id uuid not null references record.child_protection_plan,
  part text not null check (part in ('danger', 'strength', 'outcome', 'action', 'safety', 'contingency')),
  place smallint not null,
  words text not null check (words <> ''),
  outcome_id uuid references record.protection_plan_line,
  who text,
  due_on date,
  measure text,
  family_may_read boolean not null default true,
  from_day date not null,
  to_day date check (to_day >= from_day),
  ended_because text,
  check (part = 'action' or outcome_id is null)
);
create index on record.protection_plan_line (person_id);
create index on record.protection_plan_line (child_protection_plan_id);
create index on record.protection_plan_line (outcome_id) where outcome_id is not null;
call foundation.keep('record.protection_plan_line', 'F14', $$
  child_protection_plan_id | F09 | special  | R-CP-01 | yes
  part                     | F14 | ordinary | R-CP-01 | yes
  place                    | F14 | ordinary | R-CP-01 | the order of lines
  words                    | F14 | special  | R-CP-01 | yes
  outcome_id               | F14 | ordinary | R-CP-01 | says for what an action is
  who                      | F14 | ordinary | R-CP-01 | yes
  due_on                   | F14 | ordinary | R-CP-01 | yes
  measure                  | F14 | special  | R-CP-01 | yes
  family_may_read          | F14 | ordinary | R-CP-01 | how the line is handled
  from_day                 | F14 | ordinary | R-CP-01 | yes
  to_day                   | F14 | ordinary | R-CP-01 | yes
  ended_because            | F14 | ordinary | R-CP-01 | yes
$$);

create table record.core_group_member (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  child_protection_plan_id uuid not null references record.child_protection_plan,
  agency foundation.agency not null,
  name text not null check (name <> ''),
  role_words text,
  lead boolean not null default false,
  from_day date not null,
  to_day date check (to_day >= from_day)
);
create index on record.core_group_member (person_id);
create index on record.core_group_member (child_protection_plan_id);
call foundation.keep('record.core_group_member', 'F14', $$
  child_protection_plan_id | F09 | special  | R-CP-01 | yes
  agency                   | F14 | ordinary | R-CP-01 | yes
  name                     | F14 | ordinary | R-CP-01 | yes
  role_words               | F14 | ordinary | R-CP-01 | yes
  lead                     | F14 | ordinary | R-CP-01 | yes
  from_day                 | F14 | ordinary | R-CP-01 | yes
  to_day                   | F14 | ordinary | R-CP-01 | yes
$$);

create table record.core_group (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  held_together uuid not null,
  child_protection_plan_id uuid not null references record.child_protection_plan,
  held_on date not null,
  held_at timestamptz,
  manner text check (manner in ('meeting', 'telephone', 'video')),
  next_on date check (next_on > held_on),
  unique (held_together, person_id)
);
create index on record.core_group (person_id);
create index on record.core_group (child_protection_plan_id);
call foundation.keep('record.core_group', 'F14', $$
  held_together            | F14 | ordinary | R-CP-01 | holds together what was held once
  child_protection_plan_id | F09 | special  | R-CP-01 | yes
  held_on                  | F14 | special  | R-CP-01 | yes
  held_at                  | F14 | special  | R-CP-01 | yes
  manner                   | F14 | ordinary | R-CP-01 | yes
  next_on                  | F14 | ordinary | R-CP-01 | yes
$$);

create table record.plan_progress (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  protection_plan_line_id uuid not null references record.protection_plan_line,
  core_group_id uuid not null references record.core_group,
  progress text not null check (progress in ('not-begun', 'under-way', 'done', 'not-done')),
  words text,
  unique (core_group_id, protection_plan_line_id)
);
create index on record.plan_progress (person_id);
create index on record.plan_progress (protection_plan_line_id);
call foundation.keep('record.plan_progress', 'F14', $$
  protection_plan_line_id | F14 | ordinary | R-CP-01 | says of which action it is
  core_group_id           | F14 | ordinary | R-CP-01 | says at which core group
  progress                | F14 | special  | R-CP-01 | yes
  words                   | F14 | special  | R-CP-01 | yes
$$);

-- A senior manager looked at a plan that runs long.
create table record.plan_oversight (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  child_protection_plan_id uuid not null references record.child_protection_plan,
  overseen_on date not null,
  words text not null check (words <> ''),
  account_id uuid references access.account
);
create index on record.plan_oversight (person_id);
create index on record.plan_oversight (child_protection_plan_id);
call foundation.keep('record.plan_oversight', 'F14', $$
  child_protection_plan_id | F09 | special  | R-CP-01 | yes
  overseen_on              | F14 | ordinary | R-CP-01 | yes
  words                    | F14 | special  | R-CP-01 | yes
  account_id               | F26 | ordinary | R-CP-01 | about who looked; shown by name
$$);

-- ---------------------------------------------------------------------------------------------------------
-- Who was asked to a meeting and came; what was said in it, by whom, how sure, and who may read it.

create table record.meeting_attender (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  strategy_discussion_id uuid references record.strategy_discussion,
  conference_id uuid references record.conference,
  core_group_id uuid references record.core_group,
  field_group text not null generated always as (case when strategy_discussion_id is not null then 'F13' else 'F14' end) stored references foundation.field_group,
  place smallint not null,
  agency foundation.agency not null,
  name text not null check (name <> ''),
  account_id uuid references access.account,
  invited_on date,
  report_due_on date,
  report_received_on date,
  attendance text check (attendance in ('attended', 'apologies', 'did-not-come', 'kept-out')),
  attendance_words text,
  dissent_words text,
  check (num_nonnulls(strategy_discussion_id, conference_id, core_group_id) = 1),
  check (attendance is distinct from 'kept-out' or attendance_words <> '')
);
create index on record.meeting_attender (person_id);
create index on record.meeting_attender (strategy_discussion_id) where strategy_discussion_id is not null;
create index on record.meeting_attender (conference_id) where conference_id is not null;
create index on record.meeting_attender (core_group_id) where core_group_id is not null;
call foundation.keep('record.meeting_attender', 'column:field_group', $$
  strategy_discussion_id | F13 | ordinary | R-CP-01 | says of which meeting
  conference_id          | F14 | ordinary | R-CP-01 | says of which meeting
  core_group_id          | F14 | ordinary | R-CP-01 | says of which meeting
  field_group            | F14 | ordinary | R-CP-01 | says which part of the record the row belongs to
  place                  | F14 | ordinary | R-CP-01 | the order in the list
  agency                 | F14 | ordinary | R-CP-01 | yes
  name                   | F14 | ordinary | R-CP-01 | yes
  account_id             | F26 | ordinary | R-CP-01 | about a colleague; shown by name
  invited_on             | F14 | ordinary | R-CP-01 | yes
  report_due_on          | F14 | ordinary | R-CP-01 | yes
  report_received_on     | F14 | ordinary | R-CP-01 | yes
  attendance             | F14 | ordinary | R-CP-01 | yes
  attendance_words       | F14 | special  | R-CP-01 | yes
  dissent_words          | F14 | special  | R-CP-01 | yes
$$);

create table record.meeting_passage (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  strategy_discussion_id uuid references record.strategy_discussion,
  conference_id uuid references record.conference,
  core_group_id uuid references record.core_group,
  section_47_findings_id uuid references record.section_47_findings,
  part text not null check (part in ('information', 'discussion', 'child-view', 'family-view')),
  field_group text not null generated always as (case when part = 'child-view' then 'F28' when conference_id is not null or core_group_id is not null then 'F14' else 'F13' end)
    stored references foundation.field_group,
  place smallint not null,
  words text not null check (words <> ''),
  agency foundation.agency,
  origin foundation.origin not null default 'worker',
  origin_words text,
  confidence text check (confidence in ('first-hand', 'on-paper', 'second-hand', 'not-checked')),
  about_words text,
  child_may_read boolean not null default true,
  parent_may_read boolean not null default true,
  check (num_nonnulls(strategy_discussion_id, conference_id, core_group_id, section_47_findings_id) = 1),
  -- What the police said leaves by nobody's mistake: it is never in a parent's copy nor in the child's.
  constraint police_facts_kept check (origin <> 'police' or not (parent_may_read or child_may_read))
);
create index on record.meeting_passage (person_id);
create index on record.meeting_passage (strategy_discussion_id) where strategy_discussion_id is not null;
create index on record.meeting_passage (conference_id) where conference_id is not null;
create index on record.meeting_passage (core_group_id) where core_group_id is not null;
create index on record.meeting_passage (section_47_findings_id) where section_47_findings_id is not null;
call foundation.keep('record.meeting_passage', 'column:field_group', $$
  strategy_discussion_id | F13 | ordinary | R-CP-01 | says of which meeting
  conference_id          | F14 | ordinary | R-CP-01 | says of which meeting
  core_group_id          | F14 | ordinary | R-CP-01 | says of which meeting
  section_47_findings_id | F13 | ordinary | R-CP-01 | says of which enquiry
  part                   | F14 | ordinary | R-CP-01 | yes
  field_group            | F14 | ordinary | R-CP-01 | says which part of the record the row belongs to
  place                  | F14 | ordinary | R-CP-01 | the order of passages
  words                  | F14 | special  | R-CP-01 | yes
  agency                 | F14 | ordinary | R-CP-01 | yes
  origin                 | F14 | ordinary | R-CP-01 | yes
  origin_words           | F14 | ordinary | R-CP-01 | about who told it; released as that person’s rules allow
  confidence             | F14 | ordinary | R-CP-01 | yes
  about_words            | F14 | ordinary | R-CP-01 | about somebody else; released as that person’s rules allow
  child_may_read         | F14 | ordinary | R-CP-01 | how the passage is handled
  parent_may_read        | F14 | ordinary | R-CP-01 | how the passage is handled
$$);

call foundation.tells('record.conference', 'meets_on', 'conference-planned', 'planned_at');
call foundation.tells('record.conference', 'cancelled_on', 'conference-cancelled');
call foundation.tells('record.conference', 'report_shared_on', 'conference-report-shared');
call foundation.tells('record.conference', 'outline_plan_sent_on', 'outline-plan-sent');
call foundation.tells('record.conference', 'minutes_sent_on', 'conference-minutes-sent');
call foundation.tells('record.conference', 'transfer_notified_on', 'child-protection-transfer-notified');
call foundation.tells('record.core_group', 'held_on', 'core-group-held', 'held_at');
call foundation.tells('record.plan_oversight', 'overseen_on', 'long-plan-overseen');

-- Why a plan ended, as no return asks it.
call ssd.take_down();
alter table record.child_protection_plan
  add column cp_plan_end_reason text check (cp_plan_end_reason in ('no-longer-at-risk', 'looked-after', 'moved-away', 'eighteen', 'died', 'abroad', 'not-born')),
  add column cp_plan_end_words text;
call foundation.extend('record.child_protection_plan', $$
  cp_plan_end_reason | F09 | special | R-CP-01 | yes
  cp_plan_end_words  | F09 | special | R-CP-01 | yes
$$);
call ssd.put_up_again();

-- ---------------------------------------------------------------------------------------------------------
-- A chair records what the conference decided, and the plan it made, as well as its minutes (practice 5.2).

update access.role_reach set groups = array(select distinct unnest(groups || '{F09}'::text[]) order by 1)
 where role = 'A-IRO' and rule = 'reviewing' and may_write;

-- The children that one meeting is about, for whoever has opened one of them.
create function record.met_together(in_together uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with member as (
    select d.person_id, 'F13' as field_group from record.strategy_discussion d where d.held_together = in_together
    union select c.person_id, 'F14' from record.conference c where c.held_together = in_together
    union select g.person_id, 'F14' from record.core_group g where g.held_together = in_together
  )
  select case when exists (select from member where (field_group = 'F13' and person_id = any (access.open_ids('F13')))
                                                 or (field_group = 'F14' and person_id = any (access.open_ids('F14'))))
         then array(select distinct person_id from member order by 1) else '{}' end
$$;

-- A child protection plan takes the place of a child in need plan on the day it begins (CIN 4001); a chair may not write
-- the latter by hand.
create function record.end_cin_plan_for(in_plan uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update record.cin_plan c set cin_plan_end_date = greatest(p.cp_plan_start_date, c.cin_plan_start_date)
    from record.child_protection_plan p
   where p.id = in_plan and p.person_id = any (access.writable_ids('F09'))
     and c.person_id = any (access.alias_set(p.person_id))
     and c.cin_plan_start_date <= p.cp_plan_start_date
     and (c.cin_plan_end_date is null or c.cin_plan_end_date > p.cp_plan_start_date)
$$;

-- A plan that a wrong decision began, with everything that hung on it. What it ended goes on.
create function record.take_back_protection_plan(in_plan uuid, in_reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p record.child_protection_plan;
begin
  select * into p from record.child_protection_plan x where x.id = in_plan for update;
  if p.id is null or p.person_id <> all (access.writable_ids('F09'))
     or exists (select from record.child_protection_review r where r.child_protection_plan_id = in_plan)
     or exists (select from record.core_group g where g.child_protection_plan_id = in_plan) then
    return false;
  end if;
  update record.conference set child_protection_plan_id = null where child_protection_plan_id = in_plan;
  delete from record.plan_oversight where child_protection_plan_id = in_plan;
  delete from record.core_group_member where child_protection_plan_id = in_plan;
  delete from record.protection_plan_line where child_protection_plan_id = in_plan and part = 'action';
  delete from record.protection_plan_line where child_protection_plan_id = in_plan;
  delete from record.child_protection_plan where id = in_plan;
  update record.cin_plan set cin_plan_end_date = null
   where person_id = any (access.alias_set(p.person_id)) and cin_plan_end_date = p.cp_plan_start_date and import_run_id is null
     and recorded_at >= p.recorded_at;
  insert into record.taken_back (person_id, field_group, fact_table, fact_id, reason, recorded_by)
  values (p.person_id, 'F09', 'child_protection_plan', in_plan, in_reason, access.recorder());
  return true;
end $$;

-- Conferences of the children of a list, for a chair’s and a team’s diary: days and what is missing, no words of them.
create function record.listed_conferences(in_chair uuid) returns table (
    person_id uuid, id uuid, held_together uuid, kind text, planned_on date, planned_at timestamptz, place_words text, chair text, held_on date,
    invited integer, reports_due integer, reports_in integer, report_shared_on date, outline_plan_sent_on date, minutes_sent_on date, decision text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select coalesce(k.same_as, k.person_id), c.id, c.held_together, c.kind, c.planned_on, c.planned_at, c.place_words, a.display_name, c.held_on,
           n.invited, n.due, n.received, c.report_shared_on, c.outline_plan_sent_on, c.minutes_sent_on, c.decision
      from access.listed_groups() l
      join record.conference c on c.person_id = l.person and c.cancelled_on is null
      join record.index_card k on k.person_id = l.person
      left join access.account a on a.id = c.chair_id
     cross join lateral (select count(*)::integer as invited, count(m.report_due_on)::integer as due, count(m.report_received_on)::integer as received
                           from record.meeting_attender m where m.conference_id = c.id) n
     where 'F14' = any (l.groups) and (in_chair is null or c.chair_id = in_chair)
       and (c.held_on is null or c.minutes_sent_on is null or c.held_on > current_date - 30);
end $$;

-- The outcome of an enquiry is signed by a manager in the line of the child’s worker.
call foundation.signs('section-47-enquiry', 'Section 47 enquiry', 'record.section_47_findings', 'F13', '{A-TM,A-SM}', '{meeting_passage.section_47_findings_id}');

call access.guard_keys_to_people();
revoke execute on all routines in schema record, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.met_together(uuid), record.end_cin_plan_for(uuid), record.take_back_protection_plan(uuid, text), record.listed_conferences(uuid)');
end $$;
