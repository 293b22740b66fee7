-- Letters (practice 12.2, 13.2, 17.11): templates as versioned rows that two people publish, letters that were made, and
-- what must stand in none of them.

create schema letters;

create table letters.template (
  code text primary key check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (name <> ''),
  paper text not null default 'letter' check (paper in ('letter', 'invitation', 'plan', 'minutes')),
  addressed_to text not null check (addressed_to in ('family', 'child', 'professional', 'anybody')),
  retired_on date
);
comment on table letters.template is 'A letter that is written again and again; its words are in its versions.';

create table letters.template_version (
  id uuid primary key default uuidv7(),
  template text not null references letters.template,
  version integer not null check (version > 0),
  -- The words with merge fields and conditions (src/casework/letters/merging.ts): for grown-ups, for a child, in easy words.
  title text not null check (title <> ''),
  body text not null check (body <> ''),
  child_body text check (child_body <> ''),
  easy_body text check (easy_body <> ''),
  why text,
  drafted_by uuid references access.account,
  drafted_at timestamptz not null default now(),
  published_by uuid references access.account,
  published_at timestamptz,
  unique (template, version),
  check ((published_by is null) or published_at is not null),
  check (published_by <> drafted_by)
);
comment on table letters.template_version is 'Never changed once published: a letter tells by which version it was written. Shipped versions have nobody who drafted them.';

create table letters.sender (
  account_id uuid primary key references access.account,
  telephone text not null check (telephone <> '')
);
comment on table letters.sender is 'The telephone number a worker last put above a letter, for the next one.';
alter table letters.sender enable row level security;

-- A new version, not published: by an administrator. The first makes the template.
create function letters.draft_version(in_template text, in_name text, in_addressed_to text, in_title text, in_body text, in_child_body text,
    in_easy_body text, in_why text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  made uuid;
begin
  if me is null or not 'A-ADM' = any (access.roles_of(me)) then
    return null;
  end if;
  insert into letters.template (code, name, addressed_to) values (in_template, in_name, in_addressed_to) on conflict (code) do nothing;
  perform from letters.template t where t.code = in_template for update;
  delete from letters.template_version v where v.template = in_template and v.published_at is null;
  insert into letters.template_version (template, version, title, body, child_body, easy_body, why, drafted_by)
  select in_template, coalesce(max(v.version), 0) + 1, in_title, in_body, in_child_body, in_easy_body, in_why, me
    from letters.template_version v where v.template = in_template
  returning id into made;
  return made;
end $$;

-- Published by somebody else than whoever drafted it: another administrator, or a service manager whose letters they are.
create function letters.publish_version(in_version uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
begin
  if me is null or not access.roles_of(me) && '{A-ADM,A-SM}'::text[] then
    return false;
  end if;
  update letters.template_version v set published_by = me, published_at = clock_timestamp()
   where v.id = in_version and v.published_at is null and v.drafted_by is distinct from me;
  return found;
end $$;

revoke execute on all routines in schema letters from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'usage on schema letters');
    call foundation.grant_to(kind, 'select on table letters.template, letters.template_version');
  end loop;
  call foundation.grant_to('app', 'select, insert, update on table letters.sender');
  execute format('create policy own on letters.sender for all to %I using (account_id = access.recorder()) with check (account_id = access.recorder())',
    foundation.role_name('app'));
  call foundation.grant_to('app', 'execute on function letters.draft_version(text, text, text, text, text, text, text, text), letters.publish_version(uuid)');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- A letter that was made: the document holds its PDF, this row what it says and what becomes of it.

create table record.letter (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  document_id uuid not null references record.document on delete cascade,
  template_version_id uuid references letters.template_version,
  addressee_kind text not null check (addressee_kind in ('family', 'child', 'professional')),
  addressee_person_id uuid references record.person,
  addressee_words text not null check (addressee_words <> ''),
  -- What was said, as src/casework/papers/paper.ts has it: from this the Word file is made, and many are printed at once.
  content jsonb not null,
  -- They may not know where the children live: looked at again when it is printed.
  home_kept boolean not null default false,
  -- A copy in another language is due, and whether it went.
  translate_into text check (translate_into <> ''),
  translated_on date,
  -- One letter about several children is a row for each.
  written_together uuid,
  print_asked_at timestamptz,
  printed_at timestamptz check (printed_at is null or print_asked_at is not null),
  printed_by uuid references access.account,
  unique (person_id, document_id)
);
create index on record.letter (person_id);
create index on record.letter (document_id);
create index on record.letter (person_id) where print_asked_at is not null and printed_at is null;
call foundation.keep('record.letter', 'F25', $$
  document_id         | F25 | ordinary | with record | says which document it is
  template_version_id | F25 | ordinary | with record | says by which template it was written
  addressee_kind      | F25 | ordinary | with record | yes
  addressee_person_id | F25 | ordinary | with record | about another person; shown by name as need to know allows
  addressee_words     | F25 | ordinary | with record | yes
  content             | F25 | special  | with record | its words are released as the document
  home_kept           | F25 | ordinary | with record | how the letter is handled
  translate_into      | F25 | special  | with record | yes
  translated_on       | F25 | ordinary | with record | yes
  written_together    | F25 | ordinary | with record | holds together what was written once
  print_asked_at      | F25 | ordinary | with record | how the letter is handled
  printed_at          | F25 | ordinary | with record | how the letter is handled
  printed_by          | F25 | ordinary | with record | about who printed it; shown by name
$$);
call access.guard_keys_to_people();

-- Taken off the wrong record, a letter goes where its document goes.
create function record.letter_follows() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update record.letter set person_id = new.person_id where document_id = new.id;
  update history.letter set person_id = new.person_id where document_id = new.id;
  return null;
end $$;
create trigger letter_follows after update of person_id on record.document for each row
  when (old.person_id is distinct from new.person_id) execute function record.letter_follows();

-- Letters that wait to be printed are read by whoever opened the list of their own work: as far as their role reaches
-- notes, and by business support, whose work printing is (governance E.1), these letters and nothing else of the record.
create function access.printing_ids() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct l.person), '{}')
      from access.session_now s cross join access.listed_groups() l
     where 'F25' = any (l.groups)
        or 'A-BS' = any (access.roles_of(s.account_id))
           and not exists (select from access.closed_sections() c where c.person = l.person and c.field_group = 'F25'));

create function record.letters_printed(in_letters uuid[]) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  done integer;
begin
  update record.letter l set printed_at = clock_timestamp(), printed_by = access.recorder()
   where (l.id = any (in_letters)
          or l.written_together in (select o.written_together from record.letter o where o.id = any (in_letters)))
     and l.print_asked_at is not null and l.printed_at is null
     and (l.person_id = any (access.printing_ids()) or l.person_id = any (access.writable_ids('F25')));
  get diagnostics done = row_count;
  return done;
end $$;

do $$
begin
  execute format($policy$create policy app_printing on record.letter for select to %I
      using (print_asked_at is not null and printed_at is null and person_id = any ((select access.caseload_ids())::uuid[])
             and person_id = any ((select access.printing_ids())::uuid[]))$policy$,
    foundation.role_name('app'));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- What must not stand in what is given to somebody. The database itself looks through the words, so that what is kept from
-- their writer is not told to the program that writes for them: it answers with the kind of what it found and no more.

-- Letters and digits of a text, small, without accents, word for word between bars: '|4|mill|lane|'.
create function record.plain_words(in_text text) returns text
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return '|' || btrim(regexp_replace(
    regexp_replace(lower(normalize(in_text, nfkd) collate pg_c_utf8), '[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]', '', 'g'),
    '[^[:alnum:]]+', '|', 'g'), '|') || '|';

-- Whether words stand in a text, whatever stands between their letters: other spaces, line ends, points, hyphens.
create function record.stands_in(in_plain text, in_words text) returns boolean
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  letters text := replace(record.plain_words(in_words), '|', '');
begin
  return strpos(replace(in_plain, '|', ''), letters) > 0
     and in_plain ~ ('\|' || regexp_replace(letters, '(.)(?=.)', '\1\|?', 'g') || '\|');
end $$;

-- The pieces of an address that give it away: a house with its street, the street alone, the name of a house. Not the town.
create function record.telling_lines(in_lines text) returns table (kind text, words text)
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  with piece as (
    select btrim(p.piece) as piece, p.place
      from regexp_split_to_table(coalesce(in_lines, ''), '[,\r\n]+') with ordinality as p (piece, place)
  ), told as (
    select piece, place, btrim(regexp_replace(piece, '^(flat|unit|apartment|room)?\s*[0-9]+[a-z]?\s*[-/]?\s*([0-9]+[a-z]?)?\s+', '', 'i')) as street from piece
  )
  select 'address', piece from told where (piece ~ '[0-9]' or place = 1) and length(replace(record.plain_words(piece), '|', '')) >= 6 and piece ~* '[a-z]{2}' and piece !~* '^(flat|unit|room|apartment)\s*\w+$'
  union
  select 'street', street from told where piece ~ '[0-9]' and street ~ '\w\s+\w' and street <> piece
$$;

-- Everything that must not reach an addressee about these children and everybody around them. Asked by the next function
-- alone: granted to nobody.
create function record.kept_from(in_people uuid[], in_addressee uuid, in_home_kept boolean) returns table (kind text, words text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with child as (select distinct one as id from unnest(in_people) p cross join unnest(access.alias_set(p)) one),
  own as (select one as id from unnest(access.alias_set(in_addressee)) one where in_addressee is not null),
  near as (
    select id from child
    union select one from unnest(access.relatives(array(select id from child))) one
    union select one from unnest(access.with_aliases(array(
      select p.holder_person_id from record.parental_responsibility p where p.person_id = any (array(select id from child)) and p.holder_person_id is not null
      union select c.other_person_id from record.contact_arrangement c where c.person_id = any (array(select id from child)) and c.other_person_id is not null
      union select r.other_person_id from record.relationship r where r.person_id = any (array(select id from child))))) one
  ),
  restricted as (select n.id from near n join access.restricted x on x.person_id = n.id and x.level >= 2),
  hidden as (
    select h.person_id as id from record.hazard h join near n on n.id = h.person_id
     where h.kind = 'address-not-to-be-told' and (h.to_day is null or h.to_day > current_date)
    union select id from restricted
    union select id from child where in_home_kept
  ),
  -- Whoever lives with somebody whose address is kept lives there.
  housed as (
    select id from hidden
    union
    select case when r.person_id = h.id then r.other_person_id else r.person_id end
      from hidden h join record.relationship r on h.id in (r.person_id, r.other_person_id)
     where r.same_household and (r.to_day is null or r.to_day > current_date)
  ),
  kept as (
    select a.address_lines, a.postcode from record.address a join near n on n.id = a.person_id
     where a.protected or a.person_id in (select id from housed) and (a.to_day is null or a.to_day > current_date)
    union
    select null, w.pl_post from record.placement_whereabouts w join child c on c.id = w.person_id
     where w.pl_post is not null
       and (exists (select from child join hidden using (id))
            or exists (select from record.address a join child on child.id = a.person_id where a.protected))
  ),
  open as (
    select a.address_lines, a.postcode from record.address a join own on own.id = a.person_id where a.to_day is null or a.to_day > current_date
  ),
  told as (
    select t.kind, t.words from kept cross join lateral record.telling_lines(kept.address_lines) t
    union select 'postcode', postcode from kept where postcode ~ '\d\s*[A-Za-z]{2}\s*$'
    union select 'contact', c.value from record.contact_detail c join near n on n.id = c.person_id
           where (c.protected or c.person_id in (select id from restricted)) and c.person_id not in (select id from own)
    union select 'name', n.full_name from record.person_name n join restricted r on r.id = n.person_id
           where n.full_name ~ '\w\s+\w' and n.person_id not in (select id from own) and n.person_id not in (select id from child)
    union select 'informant', v.words from record.informant i join child c on c.id = i.person_id
           cross join lateral (values (i.informant_name), (i.reached_by)) v (words) where v.words ~ '\w\s+\w|\d{5}'
  )
  select t.kind, t.words from told t
   where not (t.kind in ('address', 'street', 'postcode') and exists (
     select from open o where record.plain_words(o.postcode) = record.plain_words(t.words)
        or exists (select from record.telling_lines(o.address_lines) l where record.plain_words(l.words) = record.plain_words(t.words))))
$$;

-- Which of these texts hold something that must not reach the addressee, and of which kind. Asked by whoever has opened the
-- children’s family or the list of their own work, and by runs.
create function record.leaks_in(in_people uuid[], in_addressee uuid, in_home_kept boolean, in_texts text[])
  returns table (place integer, kind text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if cardinality(in_people) = 0 or not (in_people <@ access.open_ids('F07') or in_people <@ access.caseload_ids() or access.run_is_open()) then
    raise exception 'Nothing is looked through for children whose record is not open' using errcode = 'insufficient_privilege';
  end if;
  return query
    with kept as materialized (select k.kind, k.words from record.kept_from(in_people, in_addressee, in_home_kept) k),
    looked as materialized (select t.place::integer as place, record.plain_words(t.words) as plain from unnest(in_texts) with ordinality as t (words, place))
    select distinct l.place, k.kind from looked l cross join kept k
     where case when k.words ~ '^\+?[\d\s()-]{9,}$'
                then strpos(replace(l.plain, '|', ''), right(regexp_replace(k.words, '\D', '', 'g'), 9)) > 0
                else record.stands_in(l.plain, k.words) end
     order by 1, 2;
end $$;

revoke execute on all routines in schema record from public;
revoke execute on all routines in schema access from public;
do $$
declare
  kind text;
begin
  call foundation.grant_to('app', 'execute on function access.printing_ids(), record.letters_printed(uuid[])');
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function record.leaks_in(uuid[], uuid, boolean, text[]), record.plain_words(text), record.stands_in(text, text), record.telling_lines(text)');
  end loop;
end $$;
