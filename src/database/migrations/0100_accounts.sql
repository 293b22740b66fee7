-- Who works here, in which teams and roles, and what ties them to a child or forbids them one.
-- Everything is dated: a day in the past can be asked who might see whom then. No role of the database but the owner
-- touches these tables, except to read what is named at the end; changes go through the functions of 0140 and 0150.

create table access.setting (
  singleton boolean primary key default true check (singleton),
  idle_minutes integer not null default 15 check (idle_minutes between 1 and 60),
  session_hours integer not null default 8 check (session_hours between 1 and 14),
  opening_seconds integer not null default 30 check (opening_seconds between 5 and 900),
  reauthentication_minutes integer not null default 5 check (reauthentication_minutes between 1 and 30)
);
insert into access.setting default values;

create table access.account (
  id uuid primary key default uuidv7(),
  kind text not null default 'local' check (kind in ('local', 'directory')),
  display_name text not null check (display_name <> ''),
  job_title text,
  email text not null check (email = lower(email)),
  password_hash text,
  totp_secret bytea,
  totp_last_step bigint not null default 0,
  directory_issuer text,
  directory_subject text,
  active_from date not null default current_date,
  active_to date,
  person_id uuid,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  check ((kind = 'directory') = (directory_subject is not null)),
  check ((directory_subject is null) = (directory_issuer is null))
);
create unique index account_email on access.account (email);
create unique index account_directory on access.account (directory_issuer, directory_subject);
comment on column access.account.totp_secret is 'Encrypted with a key that is not in the database (src/access/one-time-code.ts).';
comment on column access.account.person_id is 'The worker’s own record, if this service ever kept one: nobody opens their own.';
comment on column access.account.active_to is 'The last day. From the day after, nothing opens.';

create table access.team (
  id uuid primary key default uuidv7(),
  name text not null unique check (name <> ''),
  parent_id uuid references access.team,
  kind text not null default 'social-work',
  active_to date,
  check (parent_id <> id)
);

create table access.membership (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  team_id uuid not null references access.team,
  from_day date not null default current_date,
  to_day date check (to_day >= from_day),
  source text not null default 'local' check (source in ('local', 'directory'))
);
create index on access.membership (account_id);
create index on access.membership (team_id);

create table access.role (
  code text primary key check (code ~ '^A-[A-Z]{2,4}$'),
  name text not null
);

create table access.account_role (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  role text not null references access.role,
  from_day date not null default current_date,
  to_day date check (to_day >= from_day),
  granted_by uuid references access.account,
  source text not null default 'local' check (source in ('local', 'directory')),
  check (granted_by <> account_id)
);
create index on access.account_role (account_id);
comment on constraint account_role_check1 on access.account_role is 'Nobody grants a role to themselves (governance T13).';

create table access.supervision (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  supervisor_id uuid not null references access.account,
  from_day date not null default current_date,
  to_day date check (to_day >= from_day),
  check (supervisor_id <> account_id)
);
create index on access.supervision (account_id);

create table access.duty (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  team_id uuid not null references access.team,
  during tstzrange not null check (not isempty(during) and not upper_inf(during) and not lower_inf(during))
);
create index on access.duty (account_id);
comment on table access.duty is 'The rota: who answers for a team’s children at which hours.';

create table access.cover (
  id uuid primary key default uuidv7(),
  for_account_id uuid not null references access.account,
  account_id uuid not null references access.account,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  agreed_by uuid not null references access.account,
  check (account_id <> for_account_id),
  check (agreed_by <> account_id)
);
create index on access.cover (account_id);
comment on table access.cover is 'Named cover for a worker on leave; never agreed by the one who covers.';

-- A dated reason to see one child, made by somebody who already may.
create table access.tie (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  person_id uuid not null,
  kind text not null check (kind in ('joint-visit', 'meeting', 'panel', 'sampled-audit', 'rights-request', 'matter', 'shared-view', 'inspection')),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  why text not null check (length(why) >= 3),
  made_by uuid not null references access.account,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  check (kind in ('joint-visit', 'meeting') or made_by <> account_id)
);
create index on access.tie (account_id, person_id);
create index on access.tie (person_id);

create table access.connection (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  person_id uuid not null,
  kind text not null check (kind in ('relative', 'friend', 'neighbour', 'school', 'carer', 'other')),
  words text,
  declared_at timestamptz not null default now(),
  ended_at timestamptz
);
create index on access.connection (account_id);
comment on table access.connection is '‘I know this family’: from that moment the record and its relatives’ are closed to the account.';

create table access.conflict_decision (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  person_id uuid not null,
  decided_by uuid not null references access.account,
  outcome text not null check (outcome in ('may open', 'stays closed')),
  words text not null check (length(words) >= 20),
  decided_at timestamptz not null default now(),
  until_day date not null,
  check (decided_by <> account_id)
);
create index on access.conflict_decision (account_id, person_id);

create table access.directory_group (
  directory_group text not null,
  role text references access.role,
  team_id uuid references access.team,
  check ((role is null) <> (team_id is null))
);
create unique index on access.directory_group (directory_group, role, team_id) nulls not distinct;
comment on table access.directory_group is 'What belonging to a group of the authority’s directory means here.';

insert into access.role (code, name) values
  ('A-SW', 'Social worker, family support worker'),
  ('A-TM', 'Team manager, practice supervisor'),
  ('A-SM', 'Service manager, head of service'),
  ('A-DUTY', 'Front door'),
  ('A-EDT', 'Emergency duty team'),
  ('A-IRO', 'Independent reviewing officer, conference chair'),
  ('A-PA', 'Personal adviser'),
  ('A-FOS', 'Fostering'),
  ('A-ADO', 'Adoption'),
  ('A-PNL', 'Panel member'),
  ('A-QA', 'Practice auditor'),
  ('A-PERF', 'Performance and data analyst'),
  ('A-FIN', 'Finance'),
  ('A-BS', 'Business support'),
  ('A-LEG', 'Legal'),
  ('A-IG', 'Information governance, rights officer'),
  ('A-CG', 'Caldicott Guardian'),
  ('A-DPO', 'Data protection officer'),
  ('A-ADM', 'Application administrator'),
  ('A-OPS', 'Infrastructure'),
  ('A-PTR', 'Partner worker'),
  ('A-YP', 'Child or young person'),
  ('A-FAM', 'Parent or carer'),
  ('A-INS', 'Inspector');

-- Names of workers and teams stand all over the record.
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'select (id, kind, display_name, job_title, active_from, active_to) on table access.account');
    call foundation.grant_to(kind, 'select on table access.team, access.role, access.membership, access.account_role, access.supervision, access.duty, access.cover, access.directory_group');
  end loop;
end $$;
