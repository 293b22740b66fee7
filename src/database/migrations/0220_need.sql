-- From a first worry to a plan: contact, referral (the census’s CIN episode), assessment, child in need plan.
-- Columns bear the names of the Standard Safeguarding Dataset without its prefixes; the census’s are in docs/record.md.

create table record.contact (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  contact_date date not null,
  contact_at timestamptz,
  contact_source_code codes.referral_source,
  contact_source_desc text,
  contact_outcome text,
  decided_on date,
  unique (person_id, natural_key)
);
call foundation.keep('record.contact', 'F11', $$
  contact_date        | F11 | ordinary | R-REF-01 | yes
  contact_at          | F11 | ordinary | R-REF-01 | yes
  contact_source_code | F11 | ordinary | R-REF-01 | yes
  contact_source_desc | F11 | ordinary | R-REF-01 | yes
  contact_outcome     | F11 | ordinary | R-REF-01 | yes
  decided_on          | F11 | ordinary | R-REF-01 | yes
$$);
comment on column record.contact.contact_source_desc is 'Which school, which surgery. A member of the public is named in informant alone.';

create table record.referral (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  contact_id uuid references record.contact,
  referral_date date not null,
  referral_source_code codes.referral_source,
  cin_primary_need_code codes.primary_need,
  referral_nfa boolean,
  close_date date,
  close_reason codes.reason_for_closure,
  team_id uuid references access.team,
  account_id uuid references access.account,
  unique (person_id, natural_key)
);
create index on record.referral (contact_id) where contact_id is not null;
create index on record.referral (referral_date);
comment on table record.referral is
  'A referral and the episode of need that follows it, to its closure: CINdetails of the census, ssd_cin_episodes.';
call foundation.keep('record.referral', 'F11', $$
  contact_id            | F11 | ordinary | R-CIN-01 | yes
  referral_date         | F11 | ordinary | R-CIN-01 | yes
  referral_source_code  | F11 | ordinary | R-CIN-01 | yes
  cin_primary_need_code | F11 | ordinary | R-CIN-01 | yes
  referral_nfa          | F11 | ordinary | R-CIN-01 | yes
  close_date            | F11 | ordinary | R-CIN-01 | yes
  close_reason          | F11 | ordinary | R-CIN-01 | yes
  team_id               | F26 | ordinary | R-CIN-01 | yes
  account_id            | F26 | ordinary | R-CIN-01 | yes
$$);

create table record.informant (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  contact_id uuid references record.contact,
  referral_id uuid references record.referral,
  informant_name text,
  reached_by text,
  asked_to_stay_unnamed boolean not null default true,
  check (num_nonnulls(contact_id, referral_id) > 0),
  unique (person_id, natural_key)
);
create index on record.informant (contact_id);
create index on record.informant (referral_id);
comment on table record.informant is 'Who told us, where that is a member of the public: a field group that hardly anybody opens.';
call foundation.keep('record.informant', 'F36', $$
  contact_id            | F36 | ordinary | R-REF-01 | who told us is not the child’s to be told; decided at release
  referral_id           | F36 | ordinary | R-REF-01 | who told us is not the child’s to be told; decided at release
  informant_name        | F36 | ordinary | R-REF-01 | who told us is not the child’s to be told; decided at release
  reached_by            | F36 | ordinary | R-REF-01 | who told us is not the child’s to be told; decided at release
  asked_to_stay_unnamed | F36 | ordinary | R-REF-01 | who told us is not the child’s to be told; decided at release
$$);

create table record.assessment (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  assessment_start_date date not null,
  assessment_internal_review_date date,
  assessment_auth_date date,
  assessment_child_seen boolean,
  assessment_outcome text,
  assessment_outcome_nfa boolean,
  team_id uuid references access.team,
  account_id uuid references access.account,
  unique (person_id, natural_key)
);
create index on record.assessment (referral_id);
call foundation.keep('record.assessment', 'F12', $$
  referral_id                     | F11 | ordinary | R-CIN-01 | yes
  assessment_start_date           | F12 | ordinary | R-CIN-01 | yes
  assessment_internal_review_date | F12 | ordinary | R-CIN-01 | yes
  assessment_auth_date            | F12 | ordinary | R-CIN-01 | yes
  assessment_child_seen           | F12 | ordinary | R-CIN-01 | yes
  assessment_outcome              | F12 | restricted | R-CIN-01 | yes
  assessment_outcome_nfa          | F12 | ordinary | R-CIN-01 | yes
  team_id                         | F26 | ordinary | R-CIN-01 | yes
  account_id                      | F26 | ordinary | R-CIN-01 | yes
$$);

create table record.assessment_factor (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  assessment_id uuid not null references record.assessment,
  assessment_factor codes.assessment_factor not null,
  unique (assessment_id, assessment_factor),
  unique (person_id, natural_key)
);
call foundation.keep('record.assessment_factor', 'F12', $$
  assessment_id     | F12 | ordinary | R-CIN-01 | yes
  assessment_factor | F12 | special  | R-CIN-01 | may speak of an adult’s health or offending; decided at release
$$);

create table record.cin_plan (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  cin_plan_start_date date not null,
  cin_plan_end_date date,
  team_id uuid references access.team,
  account_id uuid references access.account,
  unique (person_id, natural_key)
);
create index on record.cin_plan (referral_id);
call foundation.keep('record.cin_plan', 'F12', $$
  referral_id         | F11 | ordinary | R-CIN-01 | yes
  cin_plan_start_date | F12 | ordinary | R-CIN-01 | yes
  cin_plan_end_date   | F12 | ordinary | R-CIN-01 | yes
  team_id             | F26 | ordinary | R-CIN-01 | yes
  account_id          | F26 | ordinary | R-CIN-01 | yes
$$);
