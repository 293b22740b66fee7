-- Child protection, and what comes before court.

create table record.section_47 (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  s47_start_date date not null,
  s47_end_date date,
  s47_nfa boolean,
  initial_cpc_target date,
  icpc_not_required boolean,
  team_id uuid references access.team,
  account_id uuid references access.account,
  unique (person_id, natural_key)
);
create index on record.section_47 (referral_id);
comment on table record.section_47 is 'An enquiry, from the strategy discussion that began it. Its conference, if one was held, is in initial_conference.';
comment on column record.section_47.initial_cpc_target is 'As reported; otherwise worked out: 15 working days.';
call foundation.keep('record.section_47', 'F13', $$
  referral_id        | F11 | ordinary | R-CP-01 | yes
  s47_start_date     | F13 | special  | R-CP-01 | yes
  s47_end_date       | F13 | special  | R-CP-01 | yes
  s47_nfa            | F13 | special  | R-CP-01 | yes
  initial_cpc_target | F13 | ordinary | R-CP-01 | yes
  icpc_not_required  | F13 | special  | R-CP-01 | yes
  team_id            | F26 | ordinary | R-CP-01 | yes
  account_id         | F26 | ordinary | R-CP-01 | yes
$$);

create table record.initial_conference (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  section_47_id uuid references record.section_47,
  icpc_date date not null,
  icpc_transfer_in boolean,
  icpc_outcome_cp boolean,
  team_id uuid references access.team,
  account_id uuid references access.account,
  unique (person_id, natural_key)
);
create index on record.initial_conference (referral_id);
create index on record.initial_conference (section_47_id);
comment on table record.initial_conference is
  'An initial child protection conference held. The census tells it as DateOfInitialCPC: in Section47 when an enquiry led to it, in CINdetails when none did.';
call foundation.keep('record.initial_conference', 'F09', $$
  referral_id      | F11 | ordinary | R-CP-01 | yes
  section_47_id    | F13 | special  | R-CP-01 | yes
  icpc_date        | F09 | special  | R-CP-01 | yes
  icpc_transfer_in | F09 | special  | R-CP-01 | yes
  icpc_outcome_cp  | F09 | special  | R-CP-01 | yes
  team_id          | F26 | ordinary | R-CP-01 | yes
  account_id       | F26 | ordinary | R-CP-01 | yes
$$);

create table record.child_protection_plan (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  initial_conference_id uuid references record.initial_conference,
  cp_plan_start_date date not null,
  cp_plan_end_date date check (cp_plan_end_date >= cp_plan_start_date),
  cp_plan_initial_category codes.category_of_abuse,
  cp_plan_latest_category codes.category_of_abuse,
  cp_plan_ola boolean,
  number_of_previous_cpp smallint check (number_of_previous_cpp >= 0),
  number_of_previous_cpp_source text,
  during daterange generated always as (
    case when cp_plan_end_date is null or cp_plan_end_date > cp_plan_start_date then daterange(cp_plan_start_date, cp_plan_end_date) end) stored,
  unique (person_id, natural_key),
  constraint child_protection_plan_one_at_a_time unique (person_id, during without overlaps) deferrable
);
create index on record.child_protection_plan (referral_id);
create index on record.child_protection_plan (initial_conference_id) where initial_conference_id is not null;
comment on column record.child_protection_plan.number_of_previous_cpp is
  'As reported, with its source: plans held elsewhere cannot be counted here.';
call foundation.keep('record.child_protection_plan', 'F09', $$
  referral_id                   | F11 | ordinary | R-CP-01 | yes
  initial_conference_id         | F09 | special  | R-CP-01 | yes
  cp_plan_start_date            | F09 | special  | R-CP-01 | yes
  cp_plan_end_date              | F09 | special  | R-CP-01 | yes
  cp_plan_initial_category      | F09 | special  | R-CP-01 | yes
  cp_plan_latest_category       | F09 | special  | R-CP-01 | yes
  cp_plan_ola                   | F09 | special  | R-CP-01 | yes
  number_of_previous_cpp        | F09 | special  | R-CP-01 | yes
  number_of_previous_cpp_source | F09 | ordinary | R-CP-01 | yes
  during                        | F09 | special  | R-CP-01 | worked out from the two dates
$$);

create table record.child_protection_review (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  child_protection_plan_id uuid references record.child_protection_plan,
  cp_review_date date not null,
  cp_review_due date,
  cp_review_outcome_continue_cp boolean,
  cp_review_quorate boolean,
  cp_review_participation codes.review_code,
  unique (person_id, natural_key)
);
create index on record.child_protection_review (child_protection_plan_id);
call foundation.keep('record.child_protection_review', 'F09', $$
  child_protection_plan_id      | F09 | special  | R-CP-01 | yes
  cp_review_date                | F09 | special  | R-CP-01 | yes
  cp_review_due                 | F09 | special  | R-CP-01 | yes
  cp_review_outcome_continue_cp | F09 | special  | R-CP-01 | yes
  cp_review_quorate             | F09 | ordinary | R-CP-01 | yes
  cp_review_participation       | F09 | ordinary | R-CP-01 | yes
$$);

create table record.pre_proceedings (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  referral_id uuid references record.referral,
  pp_start_date date,
  lbp_sent_date date,
  fgdm_meeting_offer boolean,
  fgdm_meeting_fac boolean,
  initial_pp_meeting_date date,
  review_meetings_count smallint check (review_meetings_count >= 0),
  step_decision_date date,
  pp_outcome codes.pre_proceedings_outcome,
  court_app_date date,
  letter_init_cp_date date,
  unique (person_id, natural_key)
);
create index on record.pre_proceedings (referral_id);
comment on table record.pre_proceedings is 'Pre-proceedings and family group decision making, as the census of 2026-27 asks.';
call foundation.keep('record.pre_proceedings', 'F08', $$
  referral_id             | F11 | ordinary | R-COURT-02 | yes
  pp_start_date           | F08 | ordinary | R-COURT-02 | yes
  lbp_sent_date           | F08 | ordinary | R-COURT-02 | yes
  fgdm_meeting_offer      | F08 | ordinary | R-COURT-02 | yes
  fgdm_meeting_fac        | F08 | ordinary | R-COURT-02 | yes
  initial_pp_meeting_date | F08 | ordinary | R-COURT-02 | yes
  review_meetings_count   | F08 | ordinary | R-COURT-02 | yes
  step_decision_date      | F08 | ordinary | R-COURT-02 | yes
  pp_outcome              | F08 | ordinary | R-COURT-02 | yes
  court_app_date          | F08 | ordinary | R-COURT-02 | yes
  letter_init_cp_date     | F08 | ordinary | R-COURT-02 | yes
$$);
