-- Children looked after. An episode is what the return counts by: a stretch with one legal status, one placement and
-- one carer. Periods of care, placements and legal statuses are what people speak of; for imported records they are
-- worked out from the episodes by record.derive_care. Each is a field group of its own, and so is where the child was.

create table record.episode (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  decom date not null,
  rne codes.reason_for_new_episode,
  ls codes.legal_status,
  cin codes.primary_need,
  place codes.placement_type,
  place_provider codes.placement_provider,
  dec date check (dec >= decom),
  rec codes.reason_episode_ceased,
  reason_place_change codes.reason_place_change,
  home_post text,
  during daterange generated always as (case when dec is null or dec > decom then daterange(decom, dec) end) stored,
  unique (person_id, natural_key),
  constraint episode_one_at_a_time unique (person_id, during without overlaps) deferrable
);
comment on table record.episode is
  'Episodes of the looked-after children return, its columns and names. dec is the day the next begins; an episode of no day (dec = decom) stands outside the key.';
call foundation.keep('record.episode', 'F15', $$
  decom               | F10 | ordinary | R-LAC-01 | yes
  rne                 | F15 | ordinary | R-LAC-01 | yes
  ls                  | F08 | ordinary | R-LAC-01 | yes
  cin                 | F15 | ordinary | R-LAC-01 | yes
  place               | F10 | ordinary | R-LAC-01 | yes
  place_provider      | F15 | ordinary | R-LAC-01 | yes
  dec                 | F10 | ordinary | R-LAC-01 | yes
  rec                 | F15 | ordinary | R-LAC-01 | yes
  reason_place_change | F15 | ordinary | R-LAC-01 | yes
  home_post           | F03 | ordinary | R-LAC-01 | yes
  during              | F10 | ordinary | R-LAC-01 | worked out from the two dates
$$);

create table record.placement_whereabouts (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  episode_id uuid not null unique references record.episode,
  pl_post text,
  urn text,
  unique (person_id, natural_key)
);
comment on table record.placement_whereabouts is 'Where the child lived during an episode: PL_POST and URN of the return. A protected address.';
call foundation.keep('record.placement_whereabouts', 'F04', $$
  episode_id | F15 | ordinary | R-LAC-01 | yes
  pl_post    | F04 | ordinary | R-LAC-01 | carers’ address; decided at release
  urn        | F04 | ordinary | R-LAC-01 | yes
$$);

create table record.period_of_care (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  start_date date not null,
  end_date date check (end_date >= start_date),
  end_reason codes.reason_episode_ceased,
  primary_need codes.primary_need,
  short_breaks boolean not null default false,
  during daterange generated always as (case when end_date is null or end_date > start_date then daterange(start_date, end_date) end) stored,
  unique (person_id, natural_key),
  constraint period_of_care_one_at_a_time unique (person_id, during without overlaps) deferrable
);
call foundation.keep('record.period_of_care', 'F10', $$
  start_date   | F10 | ordinary | R-LAC-01 | yes
  end_date     | F10 | ordinary | R-LAC-01 | yes
  end_reason   | F10 | ordinary | R-LAC-01 | yes
  primary_need | F10 | ordinary | R-LAC-01 | yes
  short_breaks | F10 | ordinary | R-LAC-01 | yes
  during       | F10 | ordinary | R-LAC-01 | worked out from the two dates
$$);

create table record.placement (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  start_date date not null,
  end_date date check (end_date >= start_date),
  place codes.placement_type,
  place_provider codes.placement_provider,
  reason_place_change codes.reason_place_change,
  during daterange generated always as (case when end_date is null or end_date > start_date then daterange(start_date, end_date) end) stored,
  unique (person_id, natural_key),
  constraint placement_one_at_a_time unique (person_id, during without overlaps) deferrable
);
call foundation.keep('record.placement', 'F10', $$
  start_date          | F10 | ordinary | R-LAC-01 | yes
  end_date            | F10 | ordinary | R-LAC-01 | yes
  place               | F10 | ordinary | R-LAC-01 | yes
  place_provider      | F10 | ordinary | R-LAC-01 | yes
  reason_place_change | F10 | ordinary | R-LAC-01 | yes
  during              | F10 | ordinary | R-LAC-01 | worked out from the two dates
$$);

create table record.legal_status (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  legal_status codes.legal_status not null,
  start_date date not null,
  end_date date check (end_date >= start_date),
  during daterange generated always as (case when end_date is null or end_date > start_date then daterange(start_date, end_date) end) stored,
  unique (person_id, natural_key),
  constraint legal_status_each_once_at_a_time unique (person_id, legal_status, during without overlaps) deferrable
);
comment on table record.legal_status is 'Legal statuses. Different ones may stand at the same time, the same one may not stand twice.';
call foundation.keep('record.legal_status', 'F08', $$
  legal_status | F08 | ordinary | R-LAC-01 | yes
  start_date   | F08 | ordinary | R-LAC-01 | yes
  end_date     | F08 | ordinary | R-LAC-01 | yes
  during       | F08 | ordinary | R-LAC-01 | worked out from the two dates
$$);

create table record.looked_after_review (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  review date not null,
  review_code codes.review_code,
  review_due_date date,
  review_cancelled boolean,
  unique (person_id, natural_key)
);
call foundation.keep('record.looked_after_review', 'F15', $$
  review           | F15 | ordinary | R-LAC-01 | yes
  review_code      | F15 | ordinary | R-LAC-01 | yes
  review_due_date  | F15 | ordinary | R-LAC-01 | yes
  review_cancelled | F15 | ordinary | R-LAC-01 | yes
$$);

create table record.missing_episode (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  missing codes.missing,
  mis_start date not null,
  mis_end date check (mis_end >= mis_start),
  mis_start_at timestamptz,
  mis_end_at timestamptz check (mis_end_at >= mis_start_at),
  rhi_offered text,
  rhi_accepted text,
  during tstzrange generated always as (
    case when mis_start_at is not null and (mis_end_at > mis_start_at or mis_end is null) then tstzrange(mis_start_at, mis_end_at) end) stored,
  unique (person_id, natural_key),
  constraint missing_episode_one_at_a_time unique (person_id, during without overlaps) deferrable
);
comment on table record.missing_episode is
  'Missing, or away without leave. Known by the hour it may not overlap another; known by the day only (imported), it stands outside the key.';
call foundation.keep('record.missing_episode', 'F15', $$
  missing      | F15 | ordinary | R-MIS-01 | yes
  mis_start    | F15 | ordinary | R-MIS-01 | yes
  mis_end      | F15 | ordinary | R-MIS-01 | yes
  mis_start_at | F15 | ordinary | R-MIS-01 | yes
  mis_end_at   | F15 | ordinary | R-MIS-01 | yes
  rhi_offered  | F15 | ordinary | R-MIS-01 | yes
  rhi_accepted | F15 | ordinary | R-MIS-01 | yes
  during       | F15 | ordinary | R-MIS-01 | worked out from the two moments
$$);

create table record.deprivation_of_liberty (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  dolo_start date not null,
  dolo_end date check (dolo_end >= dolo_start),
  during daterange generated always as (case when dolo_end is null or dolo_end > dolo_start then daterange(dolo_start, dolo_end) end) stored,
  unique (person_id, natural_key),
  constraint deprivation_of_liberty_one_at_a_time unique (person_id, during without overlaps) deferrable
);
call foundation.keep('record.deprivation_of_liberty', 'F08', $$
  dolo_start | F08 | ordinary | R-LAC-01 | yes
  dolo_end   | F08 | ordinary | R-LAC-01 | yes
  during     | F08 | ordinary | R-LAC-01 | worked out from the two dates
$$);

create table record.uasc_status (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  collection_year codes.collection_year not null,
  uasc boolean,
  duc date,
  unique (person_id, collection_year)
);
comment on table record.uasc_status is
  'Whether the child was an unaccompanied child seeking asylum at some time in a year of the return, and the day that status ends.';
call foundation.keep('record.uasc_status', 'F29', $$
  collection_year | F29 | ordinary | R-UASC-01 | yes
  uasc            | F29 | special  | R-UASC-01 | yes
  duc             | F29 | special  | R-UASC-01 | yes
$$);

create table record.previous_permanence (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  prev_perm codes.previous_permanence,
  la_perm codes.permanence_authority,
  date_perm text check (date_perm ~ '^(\d\d|ZZ)/(\d\d|ZZ)/(\d{4}|ZZZZ)$'),
  unique (person_id, natural_key)
);
comment on column record.previous_permanence.date_perm is 'dd/mm/yyyy as reported, with ZZ or ZZZZ for a part that nobody knows.';
call foundation.keep('record.previous_permanence', 'F08', $$
  prev_perm | F08 | ordinary | R-LAC-01 | yes
  la_perm   | F08 | ordinary | R-LAC-01 | yes
  date_perm | F08 | ordinary | R-LAC-01 | yes
$$);

create table record.social_worker_episode (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  sw_id text not null,
  sw_decom date not null,
  sw_dec date,
  sw_reason codes.worker_change_reason,
  unique (person_id, natural_key)
);
comment on table record.social_worker_episode is
  'Who the child’s social worker was, as the return reports it. What opens a record is involvement, never this.';
call foundation.keep('record.social_worker_episode', 'F26', $$
  sw_id     | F26 | ordinary | R-LAC-01 | yes
  sw_decom  | F26 | ordinary | R-LAC-01 | yes
  sw_dec    | F26 | ordinary | R-LAC-01 | yes
  sw_reason | F26 | ordinary | R-LAC-01 | yes
$$);

-- ---------------------------------------------------------------------------------------------------------
-- OC2: how the year was, of a child looked after for all of it. One table of the return, four field groups.

create table record.health_outcome (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  collection_year codes.collection_year not null,
  health_check boolean,
  immunisations boolean,
  teeth_check boolean,
  health_assessment boolean,
  unique (person_id, collection_year)
);
call foundation.keep('record.health_outcome', 'F16', $$
  collection_year   | F16 | ordinary | R-LAC-01 | yes
  health_check      | F16 | special  | R-LAC-01 | yes
  immunisations     | F16 | special  | R-LAC-01 | yes
  teeth_check       | F16 | special  | R-LAC-01 | yes
  health_assessment | F16 | special  | R-LAC-01 | yes
$$);

create table record.substance_misuse_outcome (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  collection_year codes.collection_year not null,
  substance_misuse boolean,
  intervention_received boolean,
  intervention_offered boolean,
  unique (person_id, collection_year)
);
call foundation.keep('record.substance_misuse_outcome', 'F18', $$
  collection_year       | F18 | ordinary | R-LAC-01 | yes
  substance_misuse      | F18 | special  | R-LAC-01 | yes
  intervention_received | F18 | special  | R-LAC-01 | yes
  intervention_offered  | F18 | special  | R-LAC-01 | yes
$$);

create table record.conviction_outcome (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  collection_year codes.collection_year not null,
  convicted boolean,
  unique (person_id, collection_year)
);
call foundation.keep('record.conviction_outcome', 'F19', $$
  collection_year | F19 | criminal | R-LAC-01 | yes
  convicted       | F19 | criminal | R-LAC-01 | yes
$$);

create table record.sdq (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  collection_year codes.collection_year,
  sdq_completed_date date,
  sdq_score smallint check (sdq_score between 0 and 40),
  sdq_reason codes.sdq_reason,
  check (num_nonnulls(collection_year, sdq_completed_date) > 0),
  unique (person_id, natural_key)
);
comment on table record.sdq is 'A strengths and difficulties questionnaire: the score of a return’s year, or the form of a day.';
call foundation.keep('record.sdq', 'F17', $$
  collection_year    | F17 | ordinary | R-LAC-01 | yes
  sdq_completed_date | F17 | special  | R-LAC-01 | yes
  sdq_score          | F17 | special  | R-LAC-01 | yes
  sdq_reason         | F17 | special  | R-LAC-01 | yes
$$);
