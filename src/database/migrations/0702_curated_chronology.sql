-- The chronology as a worker curates it (practice 12.2), what was kept of it for a court or a conference, and the living
-- summary on top of a record.

-- What a worker says of one happening: that it matters, in other words, what it meant for the child, or that it has no place
-- in what is shown to others, and why. It says nothing of its own: where the happening is gone or moved, it goes too.
create table record.chronology_mark (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  event_kind text not null,
  fact_table name not null,
  fact_id uuid not null,
  significant boolean not null default false,
  words text check (words <> ''),
  impact text check (impact <> ''),
  left_out_because text check (left_out_because <> ''),
  unique (person_id, event_kind, fact_id),
  check (left_out_because is null or not significant)
);
create index on record.chronology_mark (fact_id);
call foundation.keep('record.chronology_mark', 'column:field_group', $$
  field_group      | F27 | ordinary | with record | says which part of the record the row belongs to
  event_kind       | F27 | ordinary | with record | says what it is about
  fact_table       | F27 | ordinary | with record | says where the fact stands
  fact_id          | F27 | ordinary | with record | says where the fact stands
  significant      | F27 | ordinary | with record | yes
  words            | F27 | special  | with record | yes
  impact           | F27 | special  | with record | yes
  left_out_because | F27 | special  | with record | yes
$$);

create function record.marks_follow() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    update record.chronology_mark m set person_id = e.person_id, field_group = e.field_group
      from new_events e
     where m.fact_id = e.fact_id and m.event_kind = e.kind and (m.person_id, m.field_group) is distinct from (e.person_id, e.field_group);
    update history.chronology_mark m set person_id = e.person_id, field_group = e.field_group
      from new_events e
     where m.fact_id = e.fact_id and m.event_kind = e.kind and m.person_id is distinct from e.person_id;
  else
    delete from record.chronology_mark m using old_events e where m.fact_id = e.fact_id and m.event_kind = e.kind;
    -- A note taken out of every record takes with it what stood before (0621).
    delete from history.chronology_mark m using old_events e
     where m.fact_id = e.fact_id and m.event_kind = e.kind and e.fact_table = 'case_note'
       and not exists (select from record.case_note n where n.id = e.fact_id);
  end if;
  return null;
end $$;
create trigger marks_follow_changed after update on record.event referencing new table as new_events
  for each statement execute function record.marks_follow();
create trigger marks_follow_removed after delete on record.event referencing old table as old_events
  for each statement execute function record.marks_follow();

-- A chronology as it was given to somebody: the document holds it, this row what it was for.
create table record.chronology_snapshot (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  document_id uuid not null references record.document on delete cascade,
  purpose text not null check (purpose in ('court', 'conference', 'transfer', 'supervision', 'other')),
  purpose_words text check (purpose_words <> ''),
  as_at timestamptz not null,
  from_day date,
  to_day date,
  entries integer not null check (entries >= 0),
  unique (person_id, document_id)
);
create index on record.chronology_snapshot (person_id);
create index on record.chronology_snapshot (document_id);
call foundation.keep('record.chronology_snapshot', 'F27', $$
  document_id   | F27 | ordinary | with record | says which document it is
  purpose       | F27 | ordinary | with record | yes
  purpose_words | F27 | ordinary | with record | yes
  as_at         | F27 | ordinary | with record | yes
  from_day      | F27 | ordinary | with record | yes
  to_day        | F27 | ordinary | with record | yes
  entries       | F27 | ordinary | with record | yes
$$);

create function record.snapshot_follows() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update record.chronology_snapshot set person_id = new.person_id where document_id = new.id;
  update history.chronology_snapshot set person_id = new.person_id where document_id = new.id;
  return null;
end $$;
create trigger snapshot_follows after update of person_id on record.document for each row
  when (old.person_id is distinct from new.person_id) execute function record.snapshot_follows();

-- The living summary: the newest stands on top of the record, the others are what was said before.
create table record.living_summary (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  words text not null check (words <> ''),
  written_on date not null default current_date
);
create index on record.living_summary (person_id, written_on);
call foundation.keep('record.living_summary', 'F27', $$
  words      | F27 | special  | with record | yes
  written_on | F27 | ordinary | with record | yes
$$);
insert into foundation.takes_back values ('living_summary');

revoke execute on all routines in schema record from public;
