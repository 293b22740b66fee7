-- Who: children and adults alike. A table holds facts of one field group, so that the row policies can give a reader
-- a name without an ethnicity, and a home address without a protected one.
--
-- No key but a person’s own spans two people: a unique identifier would tell whoever tries to enter it that somebody
-- sealed already has it. That two people do not share one is watched by importing and matching, which may know.

create table record.person (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  sex codes.sex,
  gender_current codes.gender_current,
  date_of_birth date,
  date_of_birth_estimated boolean not null default false,
  expected_date_of_birth date,
  died_on date,
  upn_unknown codes.upn_unknown
);
comment on table record.person is 'A child, a parent, a carer, an adopter: anyone the record speaks of.';
comment on column record.person.reference is 'Short and random, P-XXXXXX: to be said on the telephone. Given by the database.';
comment on column record.person.gender_current is 'As reported where the census still asked for GenderCurrent (to 2023-24).';
comment on column record.person.upn_unknown is 'Why no unique pupil number is known.';

call foundation.keep('record.person', 'F01', $$
  reference               | F05 | ordinary | with record | yes
  sex                     | F01 | ordinary | with record | yes
  gender_current          | F01 | ordinary | with record | yes
  date_of_birth           | F01 | ordinary | with record | yes
  date_of_birth_estimated | F01 | ordinary | with record | yes
  expected_date_of_birth  | F01 | ordinary | with record | yes
  died_on                 | F01 | ordinary | with record | yes
  upn_unknown             | F20 | ordinary | with record | yes
$$, subject => 'id');

-- The reference is always the database’s own: chosen by a writer, its uniqueness could be used to ask who is there.
create function foundation.give_reference() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  letters constant text := '23456789ABCDEFGHJKLMNPQRSTVWXYZ';
begin
  if tg_op = 'UPDATE' then
    new.reference := old.reference;
    return new;
  end if;
  loop
    new.reference := 'P-' || (select string_agg(substr(letters, 1 + floor(random() * length(letters))::integer, 1), '')
                                from generate_series(1, 6) where new.id is not null);
    exit when not exists (select from record.person p where p.reference = new.reference);
  end loop;
  return new;
end $$;
create trigger give_reference before insert or update of reference on record.person
  for each row execute function foundation.give_reference();

create table record.person_name (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null default 'legal' check (kind in ('legal', 'preferred', 'birth', 'former', 'also-known-as')),
  full_name text not null check (full_name <> ''),
  forename text,
  middle_names text,
  surname text,
  from_day date,
  to_day date check (to_day >= from_day),
  field_group text generated always as (case when kind in ('legal', 'preferred') and to_day is null then 'F01' else 'F02' end) stored,
  unique (person_id, natural_key)
);
comment on table record.person_name is 'Names, each as it is or was used. Former and other names are a field group of their own.';
call foundation.keep('record.person_name', 'column:field_group', $$
  kind         | F01 | ordinary | with record | yes
  full_name    | F01 | ordinary | with record | yes
  forename     | F01 | ordinary | with record | yes
  middle_names | F01 | ordinary | with record | yes
  surname      | F01 | ordinary | with record | yes
  from_day     | F01 | ordinary | with record | yes
  to_day       | F01 | ordinary | with record | yes
  field_group  | F01 | ordinary | with record | says which part of the record the row belongs to
$$);

create table record.gender_identity (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references record.person,
  gender_identity text,
  pronouns text
);
call foundation.keep('record.gender_identity', 'F02', $$
  gender_identity | F02 | special | with record | yes
  pronouns        | F02 | special | with record | yes
$$);

create table record.person_identifier (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('la-child-id', 'ssda903-child-id', 'upn', 'former-upn', 'nhs-number', 'legacy-id',
    'home-office', 'national-insurance', 'youth-justice', 'court-case', 'adoption-agency', 'other')),
  value text not null check (value <> ''),
  source_authority codes.local_authority,
  from_day date,
  to_day date check (to_day >= from_day),
  unique (person_id, natural_key)
);
create index on record.person_identifier (kind, value);
comment on table record.person_identifier is
  'Numbers by which this authority (source_authority null) or another knows a person. la-child-id: LAchildID of the census; ssda903-child-id: CHILD.';
call foundation.keep('record.person_identifier', 'F05', $$
  kind             | F05 | ordinary | with record | yes
  value            | F05 | ordinary | with record | yes
  source_authority | F05 | ordinary | with record | yes
  from_day         | F05 | ordinary | with record | yes
  to_day           | F05 | ordinary | with record | yes
$$);

create table record.address (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null default 'home' check (kind in ('home', 'placement', 'correspondence', 'other')),
  address_lines text,
  postcode text,
  uprn text,
  from_day date,
  to_day date check (to_day >= from_day),
  protected boolean not null default false,
  field_group text generated always as (case when protected then 'F04' else 'F03' end) stored,
  unique (person_id, natural_key)
);
call foundation.keep('record.address', 'column:field_group', $$
  kind          | F03 | ordinary | with record | yes
  address_lines | F03 | ordinary | with record | yes
  postcode      | F03 | ordinary | with record | yes
  uprn          | F03 | ordinary | with record | yes
  from_day      | F03 | ordinary | with record | yes
  to_day        | F03 | ordinary | with record | yes
  protected     | F04 | ordinary | with record | yes
  field_group   | F03 | ordinary | with record | says which part of the record the row belongs to
$$);

create table record.contact_detail (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('telephone', 'mobile', 'email', 'other')),
  value text not null check (value <> ''),
  note text,
  from_day date,
  to_day date check (to_day >= from_day),
  protected boolean not null default false,
  field_group text generated always as (case when protected then 'F04' else 'F03' end) stored,
  unique (person_id, natural_key)
);
call foundation.keep('record.contact_detail', 'column:field_group', $$
  kind        | F03 | ordinary | with record | yes
  value       | F03 | ordinary | with record | yes
  note        | F03 | ordinary | with record | yes
  from_day    | F03 | ordinary | with record | yes
  to_day      | F03 | ordinary | with record | yes
  protected   | F04 | ordinary | with record | yes
  field_group | F03 | ordinary | with record | says which part of the record the row belongs to
$$);

create table record.person_characteristics (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references record.person,
  ethnicity codes.ethnicity,
  first_language text,
  interpreter_needed boolean,
  religion text
);
call foundation.keep('record.person_characteristics', 'F06', $$
  ethnicity          | F06 | special | with record | yes
  first_language     | F06 | special | with record | yes
  interpreter_needed | F06 | special | with record | yes
  religion           | F06 | special | with record | yes
$$);

create table record.disability (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  disability_code codes.disability not null,
  unique (person_id, natural_key)
);
call foundation.keep('record.disability', 'F06', $$
  disability_code | F06 | special | with record | yes
$$);

create table record.immigration_status (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  immigration_status text not null,
  nationality text,
  start_date date,
  end_date date check (end_date >= start_date),
  unique (person_id, natural_key)
);
call foundation.keep('record.immigration_status', 'F29', $$
  immigration_status | F29 | special | R-UASC-01 | yes
  nationality        | F29 | special | R-UASC-01 | yes
  start_date         | F29 | special | R-UASC-01 | yes
  end_date           | F29 | special | R-UASC-01 | yes
$$);

-- ---------------------------------------------------------------------------------------------------------
-- People and each other.

create table record.relationship (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  other_person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('mother', 'father', 'parent', 'step-parent', 'adoptive-parent', 'foster-carer', 'guardian',
    'brother', 'sister', 'sibling', 'half-sibling', 'step-sibling', 'grandparent', 'aunt-or-uncle', 'cousin', 'child', 'partner', 'friend', 'other')),
  other_name text,
  words text,
  same_household boolean,
  from_day date,
  to_day date check (to_day >= from_day),
  check (person_id <> other_person_id),
  unique (person_id, natural_key)
);
create index on record.relationship (other_person_id);
comment on table record.relationship is 'The other is this person’s mother, sister, carer: one row, read from both ends.';
comment on column record.relationship.other_name is
  'What this record calls the other, so that a family can be read without opening each of its members.';
call foundation.keep('record.relationship', 'F07', $$
  other_person_id | F07 | ordinary | with record | about another person; released as that person’s rules allow
  kind            | F07 | ordinary | with record | yes
  other_name      | F07 | ordinary | with record | yes
  words           | F07 | ordinary | with record | yes
  same_household  | F07 | ordinary | with record | yes
  from_day        | F07 | ordinary | with record | yes
  to_day          | F07 | ordinary | with record | yes
$$);
do $$
declare
  side text;
begin
  foreach side in array array['record', 'history'] loop
    execute format('create policy app_reads_from_the_other_end on %s.relationship for select to %I using (other_person_id = any ((select access.open_ids(''F07''))::uuid[]))',
      side, foundation.role_name('app'));
  end loop;
end $$;

create table record.parental_responsibility (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  holder_person_id uuid references record.person,
  natural_key text,
  holder_name text,
  basis text not null check (basis in ('mother', 'married-to-mother', 'on-birth-certificate', 'agreement', 'court-order', 'care-order',
    'placement-order', 'adoption', 'special-guardianship', 'child-arrangements', 'civil-partnership', 'guardian-by-will', 'other')),
  evidence text,
  evidence_seen_on date,
  from_day date,
  to_day date check (to_day >= from_day),
  unique (person_id, natural_key)
);
create index on record.parental_responsibility (holder_person_id);
comment on table record.parental_responsibility is 'Who holds it for this child, by what, and what evidence was seen.';
call foundation.keep('record.parental_responsibility', 'F07', $$
  holder_person_id | F07 | ordinary | with record | about another person; released as that person’s rules allow
  holder_name      | F07 | ordinary | with record | yes
  basis            | F07 | ordinary | with record | yes
  evidence         | F07 | ordinary | with record | yes
  evidence_seen_on | F07 | ordinary | with record | yes
  from_day         | F07 | ordinary | with record | yes
  to_day           | F07 | ordinary | with record | yes
$$);

create table record.mother_status (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references record.person,
  mother boolean,
  mc_dob date
);
comment on table record.mother_status is 'As the looked-after children return reports it: MOTHER, and MC_DOB, the birth of her first child.';
call foundation.keep('record.mother_status', 'F07', $$
  mother | F07 | ordinary | R-LAC-01 | yes
  mc_dob | F07 | ordinary | R-LAC-01 | yes
$$);

create table record.person_alias (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  same_as uuid not null references record.person,
  reason text not null check (length(reason) >= 3),
  decided_by uuid,
  from_at timestamptz not null default now(),
  to_at timestamptz,
  check (person_id <> same_as)
);
create index on record.person_alias (person_id);
create index on record.person_alias (same_as);
comment on table record.person_alias is
  'Two rows of person are one human being. Facts stay where they are: opening either opens both. Undone by an end, not by deletion. Never used across an adoption.';
call foundation.keep('record.person_alias', 'F05', $$
  same_as    | F05 | ordinary | with record | yes
  reason     | F05 | ordinary | with record | yes
  decided_by | F26 | ordinary | with record | yes
  from_at    | F05 | ordinary | with record | yes
  to_at      | F05 | ordinary | with record | yes
$$);

-- ---------------------------------------------------------------------------------------------------------
-- Who works with them, and what to beware of.

create table record.involvement (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('allocated', 'co-working', 'team', 'personal-adviser', 'reviewing-officer', 'conference-chair',
    'supervising-social-worker', 'adoption-worker', 'other')),
  account_id uuid references access.account,
  team_id uuid references access.team,
  worker_reference text,
  worker_name text,
  from_day date not null,
  to_day date check (to_day >= from_day),
  change_reason codes.worker_change_reason,
  during daterange generated always as (case when to_day is null or to_day > from_day then daterange(from_day, to_day) end) stored,
  only_one text generated always as (case when kind = 'allocated' then kind end) stored,
  check (num_nonnulls(account_id, team_id, worker_reference, worker_name) > 0),
  unique (person_id, natural_key),
  constraint involvement_one_allocated_worker unique (person_id, only_one, during without overlaps) deferrable
);
create index on record.involvement (account_id) where account_id is not null;
create index on record.involvement (team_id) where team_id is not null;
comment on table record.involvement is
  'A worker or a team with a child for a time: from_day is the first day, to_day the day of hand-over. One allocated worker at a time.';
call foundation.keep('record.involvement', 'F26', $$
  kind             | F26 | ordinary | with record | yes
  account_id       | F26 | ordinary | with record | yes
  team_id          | F26 | ordinary | with record | yes
  worker_reference | F26 | ordinary | with record | yes
  worker_name      | F26 | ordinary | with record | yes
  from_day         | F26 | ordinary | with record | yes
  to_day           | F26 | ordinary | with record | yes
  change_reason    | F26 | ordinary | with record | yes
  during           | F26 | ordinary | with record | worked out from the two days
  only_one         | F26 | ordinary | with record | worked out from the kind
$$);

create table record.hazard (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('person-at-address', 'animal', 'violence', 'visit-in-pairs', 'infection', 'self-harm', 'exploitation', 'allergy', 'other')),
  words text not null check (words <> ''),
  from_day date not null default current_date,
  review_on date,
  to_day date check (to_day >= from_day),
  unique (person_id, natural_key)
);
call foundation.keep('record.hazard', 'F24', $$
  kind      | F24 | ordinary | with record | yes
  words     | F24 | ordinary | with record | yes
  from_day  | F24 | ordinary | with record | yes
  review_on | F24 | ordinary | with record | yes
  to_day    | F24 | ordinary | with record | yes
$$);

create table record.restriction (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  level smallint not null check (level between 0 and 4),
  sections text[] not null default '{}',
  reason text not null check (length(reason) >= 3),
  from_at timestamptz not null default now(),
  review_on date,
  to_at timestamptz check (to_at >= from_at),
  set_by uuid,
  confirmed_by uuid,
  confirmed_at timestamptz,
  lifted_by uuid,
  check (level = 3 or num_nonnulls(review_on, to_at) > 0),
  check (confirmed_by <> set_by)
);
create index on record.restriction (person_id);
comment on table record.restriction is
  'Who may know (governance E.3): 0 normal, 1 sensitive sections, 2 restricted, 3 sealed, 4 not to be known. Without an end or a review only a seal is valid.';
call foundation.keep('record.restriction', 'F33', $$
  level        | F33 | ordinary | with record | yes
  sections     | F33 | ordinary | with record | yes
  reason       | F33 | ordinary | with record | may speak of others; decided at release
  from_at      | F33 | ordinary | with record | yes
  review_on    | F33 | ordinary | with record | yes
  to_at        | F33 | ordinary | with record | yes
  set_by       | F33 | ordinary | with record | yes
  confirmed_by | F33 | ordinary | with record | yes
  confirmed_at | F33 | ordinary | with record | yes
  lifted_by    | F33 | ordinary | with record | yes
$$);

create table record.restriction_reader (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  restriction_id uuid not null references record.restriction,
  account_id uuid not null references access.account,
  from_at timestamptz not null default now(),
  to_at timestamptz,
  named_by uuid,
  unique (restriction_id, account_id, from_at)
);
create index on record.restriction_reader (person_id);
create index on record.restriction_reader (account_id);
call foundation.keep('record.restriction_reader', 'F33', $$
  restriction_id | F33 | ordinary | with record | yes
  account_id     | F33 | ordinary | with record | yes
  from_at        | F33 | ordinary | with record | yes
  to_at          | F33 | ordinary | with record | yes
  named_by       | F33 | ordinary | with record | yes
$$);

-- Restrictions and merges change what else can be seen: only the functions of access and matching write them.
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.restriction, record.restriction_reader, record.person_alias');
end $$;
revoke execute on all routines in schema foundation from public;
