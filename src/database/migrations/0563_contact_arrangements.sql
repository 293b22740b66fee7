-- Who may see a child, fetch them, and know where they live (practice 12.3: 'contact allowed'), by whose decision. What a letter
-- may say is worked out from this (src/people/who-may.ts).

create table record.contact_arrangement (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  other_person_id uuid references record.person,
  natural_key text,
  other_name text not null check (other_name <> ''),
  contact text check (contact in ('yes', 'supervised', 'indirect', 'no')),
  collect text check (collect in ('yes', 'ask', 'no')),
  address text check (address in ('yes', 'no')),
  decided_by text not null check (decided_by in ('court-order', 'care-plan', 'child-protection-plan', 'parent', 'worker', 'bail-condition', 'other')),
  words text,
  from_day date not null default current_date,
  to_day date check (to_day >= from_day),
  origin foundation.origin,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  check (num_nonnulls(contact, collect, address) > 0),
  check (person_id <> other_person_id),
  unique (person_id, natural_key)
);
create index on record.contact_arrangement (person_id);
create index on record.contact_arrangement (other_person_id) where other_person_id is not null;
comment on table record.contact_arrangement is 'What was decided about one person and this child: null where nothing was.';
call foundation.keep('record.contact_arrangement', 'F07', $$
  other_person_id | F07 | ordinary | with record | about another person; released as that person’s rules allow
  other_name      | F07 | ordinary | with record | yes
  contact         | F07 | ordinary | with record | yes
  collect         | F07 | ordinary | with record | yes
  address         | F07 | ordinary | with record | yes
  decided_by      | F07 | ordinary | with record | yes
  words           | F07 | ordinary | with record | yes
  from_day        | F07 | ordinary | with record | yes
  to_day          | F07 | ordinary | with record | yes
  origin          | F07 | ordinary | with record | yes
  origin_words    | F07 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first       | F07 | ordinary | with record | how the fact is handled
$$);
call access.guard_keys_to_people();
call foundation.tells('record.contact_arrangement', 'from_day', 'contact-arranged');
call foundation.tells('record.contact_arrangement', 'to_day', 'contact-arrangement-ended');
insert into foundation.takes_back values ('contact_arrangement');

-- Whoever sees the child, or must not, is near them.
create or replace function record.in_contact(in_people uuid[]) returns setof uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.person_id from record.contact_arrangement c
   where c.other_person_id = any (in_people) and c.from_day <= current_date and (c.to_day is null or c.to_day > current_date)
  union
  select c.other_person_id from record.contact_arrangement c
   where c.person_id = any (in_people) and c.other_person_id is not null and c.from_day <= current_date and (c.to_day is null or c.to_day > current_date)
$$;
call record.risks_stand_on('record.contact_arrangement', 'person_id', 'other_person_id');

revoke execute on all routines in schema record from public;
