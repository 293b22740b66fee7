-- Strategy discussions and what an enquiry under section 47 found (practice 4). A meeting about several children is a row
-- for each of them, so that each can be read, released and restricted by itself; `held_together` holds them together.

create domain foundation.agency as text check (value in ('social-care', 'police', 'health', 'education', 'family', 'child', 'advocate', 'legal',
  'probation', 'housing', 'voluntary', 'other-authority', 'other'));
comment on domain foundation.agency is 'Words in src/child-protection/words.ts.';

create table record.strategy_discussion (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  held_together uuid not null,
  -- The enquiry it led to, or was held within.
  section_47_id uuid references record.section_47,
  further boolean not null default false,
  asked_on date not null,
  asked_because text not null check (asked_because <> ''),
  urgent boolean not null default false,
  planned_on date,
  planned_at timestamptz,
  manner text check (manner in ('meeting', 'telephone', 'video')),
  place_words text,
  held_on date check (held_on >= asked_on),
  held_at timestamptz,
  decision text check (decision in ('section-47-single', 'section-47-joint', 'enquiry-goes-on', 'further-assessment', 'none')),
  decision_words text,
  safety_words text,
  harm text[] not null default '{}',
  called_off_on date,
  called_off_because text,
  -- What the clock waits for: nothing, once it was called off.
  sought_on date generated always as (case when called_off_on is null then asked_on end) stored,
  check ((held_on is null) = (decision is null)),
  check (decision is null or decision_words <> ''),
  check ((called_off_on is null) = (called_off_because is null)),
  check (held_on is null or called_off_on is null),
  unique (held_together, person_id)
);
create index on record.strategy_discussion (person_id);
create index on record.strategy_discussion (section_47_id) where section_47_id is not null;
call foundation.keep('record.strategy_discussion', 'F13', $$
  held_together      | F13 | ordinary | R-CP-01 | holds together what was discussed once
  section_47_id      | F13 | special  | R-CP-01 | yes
  further            | F13 | ordinary | R-CP-01 | yes
  asked_on           | F13 | special  | R-CP-01 | yes
  asked_because      | F13 | special  | R-CP-01 | yes
  urgent             | F13 | ordinary | R-CP-01 | yes
  planned_on         | F13 | ordinary | R-CP-01 | yes
  planned_at         | F13 | ordinary | R-CP-01 | yes
  manner             | F13 | ordinary | R-CP-01 | yes
  place_words        | F13 | ordinary | R-CP-01 | yes
  held_on            | F13 | special  | R-CP-01 | yes
  held_at            | F13 | special  | R-CP-01 | yes
  decision           | F13 | special  | R-CP-01 | yes
  decision_words     | F13 | special  | R-CP-01 | yes
  safety_words       | F13 | special  | R-CP-01 | yes
  harm               | F13 | special  | R-CP-01 | yes
  called_off_on      | F13 | ordinary | R-CP-01 | yes
  called_off_because | F13 | special  | R-CP-01 | yes
  sought_on          | F13 | ordinary | R-CP-01 | worked out from the days it was asked for and called off
$$);

-- What the enquiry itself found; its days and whether a conference is needed stand in section_47, as the census tells
-- them. It is signed (0751).
create table record.section_47_findings (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  section_47_id uuid not null unique references record.section_47,
  enquiry_kind text not null check (enquiry_kind in ('single', 'joint')),
  seen_on date,
  seen text check (seen in ('alone', 'with-others', 'not-seen')),
  seen_words text,
  home_seen boolean,
  medical text check (medical in ('not-needed', 'done', 'refused', 'to-come')),
  medical_words text,
  interview_on date,
  interview_reference text,
  agencies_words text,
  siblings_words text,
  alleged_words text,
  analysis text,
  outcome text check (outcome in ('not-substantiated', 'not-substantiated-in-need', 'no-continuing-risk', 'conference', 'on-plan-already', 'legal-action')),
  outcome_words text,
  no_conference_because text,
  opened_again_because text
);
create index on record.section_47_findings (person_id);
call foundation.keep('record.section_47_findings', 'F13', $$
  section_47_id         | F13 | special  | R-CP-01 | yes
  enquiry_kind          | F13 | special  | R-CP-01 | yes
  seen_on               | F13 | special  | R-CP-01 | yes
  seen                  | F13 | special  | R-CP-01 | yes
  seen_words            | F13 | special  | R-CP-01 | yes
  home_seen             | F13 | special  | R-CP-01 | yes
  medical               | F13 | special  | R-CP-01 | yes
  medical_words         | F13 | special  | R-CP-01 | yes
  interview_on          | F13 | criminal | R-CP-01 | yes
  interview_reference   | F13 | criminal | R-CP-01 | a number of the police; asked before it is passed on
  agencies_words        | F13 | special  | R-CP-01 | yes
  siblings_words        | F13 | special  | R-CP-01 | about somebody else; released as that person’s rules allow
  alleged_words         | F13 | criminal | R-CP-01 | about somebody else; released as that person’s rules allow
  analysis              | F13 | special  | R-CP-01 | yes
  outcome               | F13 | special  | R-CP-01 | yes
  outcome_words         | F13 | special  | R-CP-01 | yes
  no_conference_because | F13 | special  | R-CP-01 | yes
  opened_again_because  | F13 | special  | R-CP-01 | yes
$$);

call foundation.tells('record.strategy_discussion', 'sought_on', 'strategy-discussion-asked');
call foundation.tells('record.strategy_discussion', 'held_on', 'strategy-discussion-held', 'held_at');
