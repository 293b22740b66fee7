-- Documents: letters, reports, minutes, court papers, photographs, e-mails. A document about several children is one row
-- for each of them, so that it can be read, released, restricted and destroyed for each by itself; the rows of one file
-- share `stored_id`, by which its encrypted bytes and the wrapped keys are found outside the database.

create domain foundation.document_kind as text check (value in ('letter-in', 'letter-out', 'report', 'plan', 'minutes', 'e-mail', 'court',
  'health', 'education', 'photograph', 'other'));
comment on domain foundation.document_kind is 'Words in src/casework/documents/kinds.ts.';

-- Which part of the record a document of a kind belongs to (governance D.1).
create function record.document_group(in_kind text) returns text
  language sql immutable
  return case in_kind when 'court' then 'F34' when 'health' then 'F18' when 'photograph' then 'F31' when 'education' then 'F20'
                      when 'plan' then 'F14' when 'minutes' then 'F14' else 'F25' end;

create table record.document (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null generated always as (record.document_group(kind)) stored references foundation.field_group,
  kind foundation.document_kind not null,
  title text not null check (title <> ''),
  document_date date,
  received_on date not null,
  origin foundation.origin,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  child_may_read boolean not null default true,
  parent_may_read boolean not null default true,
  -- What an e-mail brought with it is told by the e-mail.
  part_of_id uuid references record.document,
  filed_on date generated always as (case when part_of_id is null then received_on end) stored,
  file_name text not null check (file_name <> ''),
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  stored_id uuid not null,
  filed_for_others boolean not null default false,
  unique (person_id, stored_id)
);
create index on record.document (person_id, received_on);
create index on record.document (stored_id);
create index on record.document (part_of_id) where part_of_id is not null;
call foundation.keep('record.document', 'column:field_group', $$
  field_group     | F25 | ordinary | with record | says which part of the record the row belongs to
  kind            | F25 | ordinary | with record | yes
  title           | F25 | special  | with record | yes
  document_date   | F25 | ordinary | with record | yes
  received_on     | F25 | ordinary | with record | yes
  origin          | F25 | ordinary | with record | yes
  origin_words    | F25 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first       | F25 | ordinary | with record | how the document is handled
  child_may_read  | F25 | ordinary | with record | how the document is handled
  parent_may_read | F25 | ordinary | with record | how the document is handled
  part_of_id      | F25 | ordinary | with record | says which e-mail it came with
  filed_on        | F25 | ordinary | with record | says when it was filed
  file_name       | F25 | special  | with record | yes
  media_type      | F25 | ordinary | with record | how the file is kept
  size_bytes      | F25 | ordinary | with record | how the file is kept
  sha256          | F25 | ordinary | with record | how the file is kept
  stored_id       | F25 | ordinary | with record | says where the bytes are kept
  filed_for_others | F25 | ordinary | with record | yes
$$);
comment on column record.document.stored_id is 'Names the encrypted bytes and, with the person, the wrapped key; the same for everybody the file is about.';

call foundation.tells('record.document', 'filed_on', 'document-filed');
insert into foundation.takes_back values ('document');

-- ---------------------------------------------------------------------------------------------------------
-- Filed on the wrong person: the document goes, with what came with it and everything that stood before, to the record
-- it belongs in. The key of the right person must lie in the store of keys before, that of the wrong one is destroyed
-- after (src/casework/documents/moving.ts).
create function record.move_document(in_document uuid, in_to uuid, in_reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  whose uuid;
  documents uuid[];
  whole record.document[];
begin
  select d.person_id into whose from record.document d where d.id = in_document and d.part_of_id is null for update;
  if whose is null or in_to is null or in_to = whose then
    return false;
  end if;
  whole := array(select d from record.document d where d.id = in_document or d.part_of_id = in_document);
  if exists (select from unnest(whole) d where whose <> all (access.writable_ids(d.field_group)) or in_to <> all (access.writable_ids(d.field_group)))
     or exists (select from record.document d where d.person_id = in_to and d.stored_id in (select w.stored_id from unnest(whole) w)) then
    return false;
  end if;
  documents := array(select d.id from unnest(whole) d);
  update record.document set person_id = in_to where id = any (documents);
  update history.document set person_id = in_to where id = any (documents);
  insert into record.taken_back (person_id, field_group, fact_table, fact_id, reason, recorded_by)
  select whose, d.field_group, 'document', in_document, in_reason, access.recorder() from unnest(whole) d where d.id = in_document;
  return true;
end $$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.move_document(uuid, uuid, text), record.document_group(text)');
  call foundation.grant_to('jobs', 'execute on function record.document_group(text)');
end $$;
