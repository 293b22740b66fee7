-- Forms as versioned data, and the forms that are filled in. A definition is edited in a draft, published by a second person,
-- withdrawn; what was answered is shown for ever in the version it was answered in. Statutory questions are bound to columns
-- of the record: no local version replaces, hides or unbinds them.

create table forms.definition (
  key text primary key check (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  -- What a version of Cairn brought last; null: the authority's own.
  brought jsonb
);

create table forms.version (
  id uuid primary key default uuidv7(),
  definition text not null references forms.definition,
  number integer not null check (number > 0),
  -- As src/forms/definition.ts describes it.
  content jsonb not null check (content ? 'sections' and content ->> 'key' = definition),
  shipped boolean not null default false,
  state text not null default 'draft' check (state in ('draft', 'published', 'replaced', 'withdrawn')),
  -- Everybody who had a hand in it.
  editors uuid[] not null default '{}',
  edited_at timestamptz not null default transaction_timestamp(),
  published_by uuid references access.account,
  published_at timestamptz,
  withdrawn_by uuid references access.account,
  withdrawn_at timestamptz,
  withdrawn_because text,
  unique (definition, number),
  constraint published_by_a_second_person check (published_by is null or not published_by = any (editors)),
  constraint published_by_somebody check (state = 'draft' or shipped or published_by is not null)
);
create unique index on forms.version (definition) where state = 'published';
create unique index on forms.version (definition) where state = 'draft';

-- Questions that the law asks, as this version brings them: in every version of their form, word for word but for their guidance.
create table forms.bound_question (
  definition text not null references forms.definition,
  question text not null,
  binding text not null check (binding ~ '^[a-z0-9_]+\.[a-z0-9_]+$'),
  must jsonb not null,
  -- When the section it stands in is shown; null: always.
  section_shown jsonb,
  primary key (definition, question)
);

-- The first statutory question that a version would lose, or show less often; null when all stand.
create function forms.question_lost(in_definition text, in_content jsonb) returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select b.question from forms.bound_question b
   where b.definition = in_definition
     and (select count(*) from jsonb_array_elements(in_content -> 'sections') s cross join jsonb_array_elements(s -> 'questions') q
           where q ->> 'key' = b.question and q - 'guidance' = b.must and (s -> 'showWhen') is not distinct from b.section_shown) <> 1
   order by b.question limit 1
$$;

create function forms.keep_version() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and old.state <> 'draft' and new.content <> old.content then
    raise exception 'A version that was published is not changed: edit a new one' using errcode = 'CA044';
  end if;
  if new.state in ('draft', 'published') and forms.question_lost(new.definition, new.content) is not null then
    raise exception 'A statutory question would be lost' using errcode = 'CA044';
  end if;
  if new.state = 'withdrawn' and exists (select from forms.bound_question b where b.definition = new.definition) then
    raise exception 'A statutory form is not withdrawn' using errcode = 'CA044';
  end if;
  return new;
end $$;
create trigger keep_version before insert or update on forms.version for each row execute function forms.keep_version();

-- Who looks after forms: administrators, and heads of service as leads of practice.
create function forms.keeper() returns uuid
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not access.roles_of(access.recorder()) && '{A-ADM,A-SM}'::text[] then
    raise exception 'Forms are looked after by others' using errcode = 'CA042';
  end if;
  return access.recorder();
end $$;

-- Saves what is edited: the draft of a form's next version, made when there is none.
create function forms.edit(in_definition text, in_content jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me constant uuid := forms.keeper();
  saved uuid;
begin
  insert into forms.definition (key) values (in_definition) on conflict do nothing;
  update forms.version v
     set content = in_content, shipped = false, edited_at = transaction_timestamp(), editors = case when me = any (v.editors) then v.editors else v.editors || me end
   where v.definition = in_definition and v.state = 'draft' returning v.id into saved;
  if saved is null then
    insert into forms.version (definition, number, content, editors)
    values (in_definition, coalesce((select max(v.number) from forms.version v where v.definition = in_definition), 0) + 1, in_content, array[me])
    returning id into saved;
  end if;
  return saved;
end $$;

-- Takes a published version's form to be signed by whom it says (src/casework/sign-off).
create function forms.take_as_signed(in_content jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  signs constant jsonb := in_content -> 'signed';
begin
  if signs is null then
    return;
  end if;
  insert into foundation.signed_kind (kind, title, table_name, field_group, roles, rules, aside)
  values ('form-' || (in_content ->> 'key'), in_content ->> 'title', 'form', in_content ->> 'group',
    array(select jsonb_array_elements_text(signs -> 'roles')), array(select jsonb_array_elements_text(signs -> 'rules')), '{completed_on}')
  on conflict (kind) do update set title = excluded.title, roles = excluded.roles, rules = excluded.rules;
  insert into foundation.signed_part values ('form-' || (in_content ->> 'key'), 'form_answer', 'form_id') on conflict do nothing;
end $$;

-- Puts a draft in force. By a second person: never by one who edited it.
create function forms.publish(in_definition text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me constant uuid := forms.keeper();
  draft forms.version := (select v from forms.version v where v.definition = in_definition and v.state = 'draft');
begin
  if draft.id is null then
    return null;
  end if;
  if me = any (draft.editors) then
    raise exception 'Published by a second person' using errcode = 'CA043';
  end if;
  update forms.version set state = 'replaced' where definition = in_definition and state = 'published';
  update forms.version set state = 'published', published_by = me, published_at = transaction_timestamp() where id = draft.id;
  perform forms.take_as_signed(draft.content);
  return draft.id;
end $$;

-- No more forms of this kind are begun; those that were filled in stand.
create function forms.withdraw(in_definition text, in_because text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me constant uuid := forms.keeper();
begin
  update forms.version set state = 'withdrawn', withdrawn_by = me, withdrawn_at = transaction_timestamp(), withdrawn_because = in_because
   where definition = in_definition and state = 'published';
  return found;
end $$;

-- What was edited and not published is dropped.
create function forms.drop_edited(in_definition text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me constant uuid := forms.keeper();
begin
  delete from forms.version where definition = in_definition and state = 'draft' and me is not null;
  return found;
end $$;

-- What this version of Cairn brings, once after its migrations: new to the database, or another than it brought before. Where
-- an authority has published its own since, it waits as a draft for two people to look at.
create function forms.bring(in_content jsonb, in_bound jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  of_form constant text := in_content ->> 'key';
  brought constant jsonb := (select d.brought from forms.definition d where d.key = of_form);
  stands forms.version := (select v from forms.version v where v.definition = of_form and v.state = 'published');
  next_number constant integer := coalesce((select max(v.number) from forms.version v where v.definition = of_form), 0) + 1;
  one record;
begin
  insert into forms.definition values (of_form, in_content) on conflict (key) do update set brought = in_content;
  for one in select * from jsonb_to_recordset(in_bound) as b (question text, binding text, must jsonb, section_shown jsonb) loop
    if not exists (select from foundation.field f where f.table_name || '.' || f.column_name = one.binding) then
      raise exception 'Form %: % is bound to %, which is no column of the record', of_form, one.question, one.binding;
    end if;
    insert into forms.bound_question values (of_form, one.question, one.binding, one.must, one.section_shown)
    on conflict (definition, question) do update set binding = excluded.binding, must = excluded.must, section_shown = excluded.section_shown;
  end loop;
  delete from forms.bound_question b where b.definition = of_form
     and not exists (select from jsonb_to_recordset(in_bound) as n (question text) where n.question = b.question);
  if brought = in_content then
    return;
  end if;
  if stands.id is null or stands.shipped then
    update forms.version set state = 'replaced' where id = stands.id;
    insert into forms.version (definition, number, content, shipped, state, published_at)
    values (of_form, next_number, in_content, true, 'published', transaction_timestamp());
    perform forms.take_as_signed(in_content);
  else
    delete from forms.version where definition = of_form and state = 'draft';
    insert into forms.version (definition, number, content, shipped) values (of_form, next_number, in_content, true);
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Forms that are filled in: a row for each child, tied by what was written once for several.

create table record.form (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  field_group text not null references foundation.field_group,
  definition text not null references forms.definition,
  version_id uuid not null references forms.version,
  title text not null check (title <> ''),
  work_id uuid not null,
  started_on date not null,
  -- The fact of an area that it is written for.
  fact_id uuid,
  -- Filed, or signed where its kind is signed.
  completed_on date check (completed_on >= started_on),
  ended_on date check (ended_on >= started_on),
  ended_because text check ((ended_because is null) = (ended_on is null)),
  author_id uuid references access.account,
  unique (work_id, person_id)
);
create index on record.form (person_id, started_on);
call foundation.keep('record.form', 'column:field_group', $$
  field_group   | F25 | ordinary | with record | says which part of the record the row belongs to
  definition    | F25 | ordinary | with record | says which form it is, in a code
  version_id    | F25 | ordinary | with record | says which version of the form it is
  title         | F25 | ordinary | with record | yes
  work_id       | F25 | ordinary | with record | holds together what was written once
  started_on    | F25 | ordinary | with record | yes
  fact_id       | F25 | ordinary | with record | says which fact it was written for
  completed_on  | F25 | ordinary | with record | yes
  ended_on      | F25 | ordinary | with record | yes
  ended_because | F25 | special  | with record | yes
  author_id     | F26 | ordinary | with record | about who wrote it; shown by name
$$);

create table record.form_answer (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  form_id uuid not null references record.form,
  field_group text not null references foundation.field_group,
  question text not null,
  place smallint not null default 0 check (place >= 0),
  -- What was chosen, or a paragraph that was written. Both null: it was taken out again.
  value jsonb,
  words text check (words <> ''),
  origin foundation.origin,
  about_words text,
  child_may_read boolean not null default true,
  parent_may_read boolean not null default true,
  -- Answered once for all the children of the form.
  shared boolean not null default false,
  -- Where it was known already, when it was confirmed and not written again: { form, title, day } or { fact, title, day }.
  source jsonb,
  unique (form_id, question, place),
  check (value is null or words is null)
);
create index on record.form_answer (person_id);
call foundation.keep('record.form_answer', 'column:field_group', $$
  form_id         | F25 | ordinary | with record | says which form it belongs to
  field_group     | F25 | ordinary | with record | says which part of the record the row belongs to
  question        | F25 | ordinary | with record | says which question it answers, in a code
  place           | F25 | ordinary | with record | the order of paragraphs
  value           | F25 | special  | with record | yes
  words           | F25 | special  | with record | yes
  origin          | F25 | ordinary | with record | yes
  about_words     | F25 | ordinary | with record | about somebody else; released as that person’s rules allow
  child_may_read  | F25 | ordinary | with record | how the paragraph is handled
  parent_may_read | F25 | ordinary | with record | how the paragraph is handled
  shared          | F25 | ordinary | with record | says whether it was answered once for several
  source          | F25 | ordinary | with record | yes
$$);
call access.guard_keys_to_people();
call foundation.tells('record.form', 'completed_on', 'form-completed');

-- A form recorded on the wrong person goes, with its answers, its signatures and all that stood before, to the record it
-- belongs in, or out of every record.
create function record.move_form(in_form uuid, in_to uuid, in_reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  f record.form;
  writable uuid[];
begin
  select * into f from record.form where id = in_form for update;
  writable := array(select w.person from access.writable_pairs() w where w.field_group = f.field_group);
  if f.id is null or f.person_id <> all (writable) or in_to is not null and in_to <> all (writable) or in_to is not distinct from f.person_id then
    return false;
  end if;
  if in_to is null then
    delete from record.form_answer where form_id = in_form;
    delete from record.sign_off where fact_id = in_form;
    delete from record.form where id = in_form;
    delete from history.form_answer where form_id = in_form;
    delete from history.sign_off where fact_id = in_form;
    delete from history.form where id = in_form;
  else
    -- Nobody else's answers come along: what was written once for others stays theirs.
    update record.form set person_id = in_to, work_id = in_form where id = in_form;
    update record.form_answer set person_id = in_to where form_id = in_form;
    update record.sign_off set person_id = in_to, work_id = in_form where fact_id = in_form;
    update history.form set person_id = in_to, work_id = in_form where id = in_form;
    update history.form_answer set person_id = in_to where form_id = in_form;
    update history.sign_off set person_id = in_to, work_id = in_form where fact_id = in_form;
  end if;
  insert into record.taken_back (person_id, field_group, fact_table, fact_id, reason, recorded_by)
  values (f.person_id, f.field_group, 'form', in_form, in_reason, access.recorder());
  return true;
end $$;

-- Whose one piece of work is, for whoever has opened the record of one of them.
create function record.people_of_forms(in_work uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with of_work as (
    select f.person_id, f.field_group from record.form f where f.work_id = in_work
  )
  select case when exists (select from of_work w where (w.person_id, w.field_group) in (select o.person, o.field_group from access.open_pairs() o))
              then array(select distinct w.person_id from of_work w) else '{}' end
$$;

revoke execute on all routines in schema forms, record from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'select on table forms.definition, forms.version, forms.bound_question');
  end loop;
  call foundation.grant_to('app', 'execute on function forms.question_lost(text, jsonb), forms.edit(text, jsonb), forms.publish(text), '
    || 'forms.withdraw(text, text), forms.drop_edited(text), record.move_form(uuid, uuid, text), record.people_of_forms(uuid)');
end $$;
