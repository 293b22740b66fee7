-- Families as they are worked with: who lives with whom and since when, who holds parental responsibility by what
-- evidence, a parent whom nobody knows; who said each of these; and a way to take back what was entered in error.

-- Who a fact comes from, so that what one parent, the police or a neighbour said can be kept from somebody else later.
create domain foundation.origin as text check (value in ('child', 'parent', 'relative', 'public', 'police', 'health', 'school', 'court',
  'authority', 'professional', 'document', 'worker'));
comment on domain foundation.origin is
  'Who told it: words in src/people/origins.ts. What the police told is never passed on without asking them (governance N10).';

call ssd.take_down();

alter table record.relationship
  drop constraint relationship_kind_check,
  add constraint relationship_kind_check check (kind in ('mother', 'father', 'parent', 'step-parent', 'adoptive-parent', 'foster-carer', 'guardian',
    'carer', 'brother', 'sister', 'sibling', 'half-sibling', 'step-sibling', 'grandparent', 'aunt-or-uncle', 'cousin', 'child', 'partner', 'friend',
    'associate', 'other')),
  add home_from date,
  add home_to date check (home_to >= home_from),
  add origin foundation.origin,
  add origin_words text,
  add ask_first boolean not null default false check (ask_first or origin is distinct from 'police');
comment on column record.relationship.home_from is 'Since when the two live in the same home; home_to, until when they did.';
comment on column record.relationship.ask_first is 'Whoever told it is asked before it is passed on.';
call foundation.extend('record.relationship', $$
  home_from    | F07 | ordinary | with record | yes
  home_to      | F07 | ordinary | with record | yes
  origin       | F07 | ordinary | with record | yes
  origin_words | F07 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first    | F07 | ordinary | with record | how the fact is handled
$$);
-- The twin was made anew, without the policy of 0210.
do $$
begin
  execute format('create policy app_reads_from_the_other_end on history.relationship for select to %I using (other_person_id = any ((select access.open_ids(''F07''))::uuid[]))',
    foundation.role_name('app'));
end $$;

alter table record.parental_responsibility
  add evidence_seen_by text,
  add limited_by text,
  add origin foundation.origin,
  add origin_words text,
  add ask_first boolean not null default false check (ask_first or origin is distinct from 'police');
comment on column record.parental_responsibility.limited_by is 'An order that limits how it may be used, and in what.';
call foundation.extend('record.parental_responsibility', $$
  evidence_seen_by | F07 | ordinary | with record | yes
  limited_by       | F07 | ordinary | with record | yes
  origin           | F07 | ordinary | with record | yes
  origin_words     | F07 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first        | F07 | ordinary | with record | how the fact is handled
$$);

create table record.unknown_parent (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  parent text not null check (parent in ('mother', 'father', 'second-parent')),
  why text not null check (why in ('not-known-to-family', 'not-told', 'not-asked', 'being-established', 'found-as-infant', 'other')),
  known text,
  tried text not null check (tried <> ''),
  from_day date not null default current_date,
  to_day date check (to_day >= from_day),
  origin foundation.origin,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  unique (person_id, natural_key)
);
create index on record.unknown_parent (person_id);
comment on table record.unknown_parent is
  'A parent whom the record cannot name: what is known of them, and what was tried to find them. Ends when they are known.';
call foundation.keep('record.unknown_parent', 'F07', $$
  parent       | F07 | ordinary | with record | yes
  why          | F07 | ordinary | with record | yes
  known        | F07 | ordinary | with record | yes
  tried        | F07 | ordinary | with record | yes
  from_day     | F07 | ordinary | with record | yes
  to_day       | F07 | ordinary | with record | yes
  origin       | F07 | ordinary | with record | yes
  origin_words | F07 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first    | F07 | ordinary | with record | how the fact is handled
$$);
call foundation.tells('record.unknown_parent', 'from_day', 'parent-not-known');
call foundation.tells('record.unknown_parent', 'to_day', 'parent-known');

call ssd.put_up_again();

-- ---------------------------------------------------------------------------------------------------------
-- Taking back what was entered in error. The fact leaves the record, so that nothing reads it any longer; its twin keeps
-- what stood and when, and this row says who took it back and why.

create table record.taken_back (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  fact_table name not null,
  fact_id uuid not null unique,
  reason text not null check (length(reason) >= 3),
  taken_back_on date not null default current_date
);
create index on record.taken_back (person_id);
comment on table record.taken_back is 'Entries that were made in error, taken out of the record by record.take_back.';
call foundation.keep('record.taken_back', 'column:field_group', $$
  field_group   | F27 | ordinary | with record | says which part of the record the row belongs to
  fact_table    | F27 | ordinary | with record | says where the fact stood
  fact_id       | F27 | ordinary | with record | says where the fact stood
  reason        | F27 | ordinary | with record | yes
  taken_back_on | F27 | ordinary | with record | yes
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.taken_back');
end $$;
call foundation.tells('record.taken_back', 'taken_back_on', 'entry-taken-back');

create table foundation.takes_back (
  table_name name primary key references foundation.kept_table
);
comment on table foundation.takes_back is 'Tables whose facts a worker may take back as entered in error; a later migration adds its own.';
insert into foundation.takes_back values ('relationship'), ('parental_responsibility'), ('unknown_parent'), ('hazard'),
  ('person_name'), ('address'), ('contact_detail'), ('person_identifier');

-- Takes a fact out of the record. Whoever may write the fact may take it back; false when there is no such fact, or none
-- that this session may write.
create function record.take_back(in_table name, in_fact uuid, in_reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept foundation.kept_table := (select k from foundation.kept_table k join foundation.takes_back t using (table_name) where k.table_name = in_table);
  whose uuid;
  grp text;
begin
  if kept.table_name is null then
    return false;
  end if;
  execute format('select t.%I, %s from record.%I t where t.id = $1 for update', kept.subject,
                 coalesce(quote_literal(kept.field_group), format('t.%I', kept.group_column)), in_table)
    into whose, grp using in_fact;
  if whose is null or whose <> all (access.writable_ids(grp)) then
    return false;
  end if;
  execute format('delete from record.%I where id = $1', in_table) using in_fact;
  insert into record.taken_back (person_id, field_group, fact_table, fact_id, reason, recorded_by)
  values (whose, grp, in_table, in_fact, in_reason, access.recorder());
  return true;
end $$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.take_back(name, uuid, text)');
end $$;
