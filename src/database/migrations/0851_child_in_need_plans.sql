-- The child in need plan (practice 6): what it is to change and who does what, in lines the family can read; its reviews;
-- why it ended.

call ssd.take_down();
alter table record.cin_plan
  add column cin_plan_end_reason text check (cin_plan_end_reason in ('needs-met', 'stepped-down', 'consent-withdrawn', 'moved', 'died', 'other')),
  add column cin_plan_end_words text,
  add constraint cin_plan_reason_with_end check (cin_plan_end_reason is null or cin_plan_end_date is not null);
call foundation.extend('record.cin_plan', $$
  cin_plan_end_reason | F12 | special | R-CIN-01 | yes
  cin_plan_end_words  | F12 | special | R-CIN-01 | yes
$$);
call ssd.put_up_again();

create table record.cin_plan_line (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  cin_plan_id uuid not null references record.cin_plan,
  part text not null check (part in ('need', 'outcome', 'action', 'contingency')),
  place smallint not null check (place >= 0),
  words text not null check (words <> ''),
  who text,
  due_on date,
  family_may_read boolean not null default true,
  from_day date not null,
  to_day date check (to_day >= from_day)
);
create index on record.cin_plan_line (cin_plan_id);
create index on record.cin_plan_line (person_id);
call foundation.keep('record.cin_plan_line', 'F12', $$
  cin_plan_id     | F12 | ordinary | R-CIN-01 | says which plan it belongs to
  part            | F12 | ordinary | R-CIN-01 | yes
  place           | F12 | ordinary | R-CIN-01 | the order of lines
  words           | F12 | special  | R-CIN-01 | yes
  who             | F12 | ordinary | R-CIN-01 | yes
  due_on          | F12 | ordinary | R-CIN-01 | yes
  family_may_read | F12 | ordinary | R-CIN-01 | how the line is handled
  from_day        | F12 | ordinary | R-CIN-01 | yes
  to_day          | F12 | ordinary | R-CIN-01 | yes
$$);

create table record.cin_plan_review (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  cin_plan_id uuid not null references record.cin_plan,
  form_id uuid not null unique references record.form,
  held_on date not null,
  outcome text not null check (outcome in ('continues', 'changes', 'steps-down', 'closes', 'escalates')),
  next_on date
);
create index on record.cin_plan_review (cin_plan_id);
create index on record.cin_plan_review (person_id);
call foundation.keep('record.cin_plan_review', 'F12', $$
  cin_plan_id | F12 | ordinary | R-CIN-01 | says which plan it belongs to
  form_id     | F12 | ordinary | R-CIN-01 | says which form it was written in
  held_on     | F12 | ordinary | R-CIN-01 | yes
  outcome     | F12 | special  | R-CIN-01 | yes
  next_on     | F12 | ordinary | R-CIN-01 | yes
$$);
call access.guard_keys_to_people();
call foundation.tells('record.cin_plan_review', 'held_on', 'child-in-need-review-held');
