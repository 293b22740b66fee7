-- Case notes and visits (practice 12.1, 18.3 VIS). One write-up about several children is one note for each of them, so
-- that it can be read, released, restricted and moved for each by itself; `written_together` holds them together.

create domain foundation.note_kind as text check (value in ('visit', 'telephone', 'message', 'letter', 'meeting', 'direct-work',
  'discussion', 'oversight', 'supervision', 'failed-contact', 'file-note', 'legal', 'other'));
comment on domain foundation.note_kind is 'Words in src/casework/note-kinds.ts.';

create table record.case_note (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind foundation.note_kind not null,
  note_date date not null,
  note_at timestamptz,
  place text check (place in ('home', 'placement', 'school', 'nursery', 'office', 'hospital', 'online', 'elsewhere')),
  place_words text,
  written_together uuid,
  -- Marked for the chronology, with the words it bears there.
  significant boolean not null default false,
  significant_words text,
  significant_on date generated always as (case when significant then note_date end) stored,
  -- A note that is filed is not changed; what is added later stands under it.
  adds_to_id uuid references record.case_note,
  author_id uuid references access.account,
  author_words text,
  unique (person_id, natural_key),
  check (significant or significant_words is null)
);
create index on record.case_note (person_id, note_date);
create index on record.case_note (written_together) where written_together is not null;
create index on record.case_note (adds_to_id) where adds_to_id is not null;
call foundation.keep('record.case_note', 'F25', $$
  kind              | F25 | special  | with record | yes
  note_date         | F25 | ordinary | with record | yes
  note_at           | F25 | ordinary | with record | yes
  place             | F25 | ordinary | with record | yes
  place_words       | F25 | ordinary | with record | yes
  written_together  | F25 | ordinary | with record | holds together what was written once
  significant       | F27 | ordinary | with record | yes
  significant_words | F27 | special  | with record | yes
  significant_on    | F27 | ordinary | with record | says when the note is in the chronology
  adds_to_id        | F25 | ordinary | with record | says what a note adds to
  author_id         | F26 | ordinary | with record | about who wrote it; shown by name
  author_words      | F26 | ordinary | with record | yes
$$);
comment on column record.case_note.author_words is 'Who wrote it, where they have no account here: a note of an earlier system.';

create table record.note_paragraph (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  case_note_id uuid not null references record.case_note,
  field_group text not null generated always as (case part when 'child-said' then 'F28' else 'F25' end) stored references foundation.field_group,
  place smallint not null check (place >= 0),
  part text not null check (part in ('happened', 'child-said', 'meaning')),
  words text not null check (words <> ''),
  -- Who said it, and about whom else it speaks: what redaction and sharing rest on.
  origin foundation.origin not null default 'worker',
  origin_words text,
  about_words text,
  child_may_read boolean not null default true,
  parent_may_read boolean not null default true,
  unique (case_note_id, part, place)
);
create index on record.note_paragraph (person_id);
call foundation.keep('record.note_paragraph', 'column:field_group', $$
  case_note_id    | F25 | ordinary | with record | says which note it belongs to
  field_group     | F25 | ordinary | with record | says which part of the record the row belongs to
  place           | F25 | ordinary | with record | the order of paragraphs
  part            | F25 | ordinary | with record | yes
  words           | F25 | special  | with record | yes
  origin          | F25 | ordinary | with record | yes
  origin_words    | F25 | ordinary | with record | about who told it; released as that person’s rules allow
  about_words     | F25 | ordinary | with record | about somebody else; released as that person’s rules allow
  child_may_read  | F25 | ordinary | with record | how the paragraph is handled
  parent_may_read | F25 | ordinary | with record | how the paragraph is handled
$$);

create table record.note_present (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  case_note_id uuid not null references record.case_note,
  present_person_id uuid references record.person,
  words text,
  check (present_person_id is not null or words <> '')
);
create index on record.note_present (person_id);
create index on record.note_present (case_note_id);
call foundation.keep('record.note_present', 'F25', $$
  case_note_id      | F25 | ordinary | with record | says which note it belongs to
  present_person_id | F25 | ordinary | with record | about another person; shown by name as need to know allows
  words             | F25 | ordinary | with record | yes
$$);
comment on table record.note_present is 'Who else was there or was spoken to: somebody of the record, or in words.';

create table record.visit (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  case_note_id uuid references record.case_note,
  -- What the visit was made under: it satisfies that clock.
  kind text not null check (kind in ('child-in-need', 'child-protection', 'looked-after', 'leaving-care', 'private-fostering', 'assessment', 'other')),
  visit_date date not null,
  visit_at timestamptz,
  seen boolean not null,
  seen_alone boolean check (seen_alone is not true or seen),
  bedroom_seen boolean,
  not_seen_because text check (not_seen_because in ('nobody-in', 'refused', 'child-out', 'child-asleep', 'cancelled', 'not-safe', 'other')),
  -- An attempt satisfies no clock.
  seen_on date generated always as (case when seen then visit_date end) stored,
  attempted_on date generated always as (case when not seen then visit_date end) stored,
  unique (person_id, natural_key),
  check (not_seen_because is null or not seen)
);
create index on record.visit (person_id, visit_date);
create index on record.visit (case_note_id) where case_note_id is not null;
call foundation.keep('record.visit', 'F26', $$
  case_note_id     | F26 | ordinary | with record | says which note tells of it
  kind             | F26 | ordinary | with record | yes
  visit_date       | F26 | ordinary | with record | yes
  visit_at         | F26 | ordinary | with record | yes
  seen             | F26 | ordinary | with record | yes
  seen_alone       | F26 | ordinary | with record | yes
  bedroom_seen     | F26 | ordinary | with record | yes
  not_seen_because | F26 | ordinary | with record | yes
  seen_on          | F26 | ordinary | with record | says when the child was seen
  attempted_on     | F26 | ordinary | with record | says when a visit was tried
$$);

call access.guard_keys_to_people();
call foundation.tells('record.case_note', 'significant_on', 'noted-as-significant', 'note_at');
call foundation.tells('record.visit', 'seen_on', 'child-seen', 'visit_at');
call foundation.tells('record.visit', 'attempted_on', 'visit-attempted', 'visit_at');

-- ---------------------------------------------------------------------------------------------------------
-- Recorded on the wrong person. The note goes, with its paragraphs, its visit and everything that stood before, to the
-- record it belongs in, or out of every record; the wrong record keeps that an entry made in error was removed.

-- What a note consists of, its additions included.
create function record.note_with_additions(in_note uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return array(select n.id from record.case_note n where n.id = in_note or n.adds_to_id = in_note);

create function record.move_note(in_note uuid, in_to uuid, in_reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  whose uuid;
  notes uuid[];
  part name;
begin
  select n.person_id into whose from record.case_note n where n.id = in_note and n.adds_to_id is null for update;
  if whose is null or whose <> all (access.writable_ids('F25')) or in_to is not null and in_to <> all (access.writable_ids('F25'))
     or in_to is not distinct from whose then
    return false;
  end if;
  notes := record.note_with_additions(in_note);
  if in_to is null then
    delete from record.note_paragraph where case_note_id = any (notes);
    delete from record.note_present where case_note_id = any (notes);
    delete from record.visit where case_note_id = any (notes);
    delete from record.case_note where id = any (notes) and adds_to_id is not null;
    delete from record.case_note where id = any (notes);
  else
    update record.note_paragraph set person_id = in_to where case_note_id = any (notes);
    update record.note_present set person_id = in_to where case_note_id = any (notes) and present_person_id is distinct from in_to;
    delete from record.note_present where case_note_id = any (notes) and person_id = whose;
    update record.visit set person_id = in_to, natural_key = null where case_note_id = any (notes);
    update record.case_note set person_id = in_to, natural_key = null, written_together = null where id = any (notes);
  end if;
  -- What stood before goes the same way: whoever looks back at the wrong record does not find it there.
  foreach part in array array['note_paragraph', 'note_present', 'visit']::name[] loop
    if in_to is null then
      execute format('delete from history.%I where case_note_id = any ($1)', part) using notes;
    else
      execute format('update history.%I set person_id = $2 where case_note_id = any ($1)', part) using notes, in_to;
    end if;
  end loop;
  if in_to is null then
    delete from history.case_note where id = any (notes);
  else
    update history.case_note set person_id = in_to where id = any (notes);
  end if;
  insert into record.taken_back (person_id, field_group, fact_table, fact_id, reason, recorded_by)
  values (whose, 'F25', 'case_note', in_note, in_reason, access.recorder());
  return true;
end $$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.move_note(uuid, uuid, text)');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Visits in the shape of the dataset.

call ssd.take_down();
update ssd.published set body = $$
  select v.id::text as cinv_cin_visit_id, c.pers_person_id as cinv_person_id, v.visit_date as cinv_cin_visit_date,
         ssd.yes_no(v.seen) as cinv_cin_visit_seen, ssd.yes_no(v.seen_alone) as cinv_cin_visit_seen_alone,
         ssd.yes_no(v.bedroom_seen) as cinv_cin_visit_bedroom
    from visit v join human_key c on c.person_id = v.person_id
   where v.kind in ('child-in-need', 'assessment')
$$ where name = 'ssd_cin_visits';
update ssd.published set body = $$
  select v.id::text as cppv_cp_visit_id, c.pers_person_id as cppv_person_id, p.id::text as cppv_cp_plan_id, v.visit_date as cppv_cp_visit_date,
         ssd.yes_no(v.seen) as cppv_cp_visit_seen, ssd.yes_no(v.seen_alone) as cppv_cp_visit_seen_alone,
         ssd.yes_no(v.bedroom_seen) as cppv_cp_visit_bedroom
    from visit v join human_key c on c.person_id = v.person_id
    left join lateral (
      select p.id from child_protection_plan p
       where p.person_id = v.person_id and p.cp_plan_start_date <= v.visit_date and (p.cp_plan_end_date is null or p.cp_plan_end_date >= v.visit_date)
       order by p.cp_plan_start_date desc limit 1
    ) as p on true
   where v.kind = 'child-protection'
$$ where name = 'ssd_cp_visits';
update ssd.published set body = $$
  select v.id::text as clav_cla_visit_id, care.id::text as clav_cla_id, c.pers_person_id as clav_person_id, v.visit_date as clav_cla_visit_date,
         ssd.yes_no(v.seen) as clav_cla_visit_seen, ssd.yes_no(v.seen_alone) as clav_cla_visit_seen_alone
    from visit v join human_key c on c.person_id = v.person_id
    left join lateral (
      select p.id from period_of_care p
       where p.person_id = v.person_id and p.start_date <= v.visit_date and (p.end_date is null or p.end_date >= v.visit_date)
       order by p.start_date desc limit 1
    ) as care on true
   where v.kind = 'looked-after'
$$ where name = 'ssd_cla_visits';
call ssd.put_up_again();
