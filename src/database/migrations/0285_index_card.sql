-- One card a person, for lists and search: worked out from the record, so never corrected here and without history.
-- It is read under a rule of its own: the people a list was opened for, and everyone who is not restricted when a
-- search was opened. Restricted, sealed and hidden people are on no card that a search reads.

-- A number for each word, the same for the same word: what an index can carry however long words are. Two words may share
-- one: whoever is found by it is looked at by their words.
create function foundation.word_marks(words text[]) returns integer[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return array(select hashtext(word) from unnest(words[:60]) as word);

create table record.index_card (
  person_id uuid primary key references record.person on delete cascade,
  reference text not null,
  name text,
  local_id text,
  date_of_birth date,
  date_of_birth_estimated boolean not null,
  expected_date_of_birth date,
  died_on date,
  sex text,
  badges text[] not null,
  restriction smallint not null,
  account_id uuid,
  worker text,
  team_id uuid,
  postcode_outward text,
  postcodes text[] not null,
  phones text[] not null,
  identifiers text[] not null,
  name_keys text[] not null,
  name_marks integer[] generated always as (foundation.word_marks(name_keys)) stored,
  has_record boolean not null,
  refreshed_at timestamptz not null default clock_timestamp()
);
comment on column record.index_card.local_id is 'The authority’s own number: what a child is called until a name comes.';
comment on column record.index_card.badges is
  'child-in-need, child-protection, looked-after, care-leaver, unborn, missing, died, restricted: as they stand today.';
comment on column record.index_card.worker is 'The allocated worker’s name where no account has it (imported).';
comment on column record.index_card.postcodes is 'Unprotected ones, without spaces, in capitals.';
comment on column record.index_card.phones is 'Unprotected ones, as dialled at home.';
comment on column record.index_card.identifiers is 'Every number by which the person is known, without spaces, in capitals, and the reference.';
comment on column record.index_card.name_keys is 'The words of every name the person has or had: small letters, accents and signs taken off.';
comment on column record.index_card.name_marks is 'A number for each of name_keys, for the index of birth dates: somebody born on a day is looked at by name without reading their card.';
comment on column record.index_card.has_record is 'A child with a record of their own, not only somebody in another’s.';

create index on record.index_card using gin (identifiers);
create index on record.index_card using gin (name_keys);
create index on record.index_card using gin (postcodes);
create index on record.index_card using gin (phones);
create index on record.index_card (upper(postcode_outward));
create index on record.index_card (date_of_birth) include (person_id, restriction, name_marks);
create index on record.index_card (expected_date_of_birth) where expected_date_of_birth is not null;
create index on record.index_card (account_id) where account_id is not null;
create index on record.index_card (team_id) where team_id is not null;
create index on record.index_card (restriction) where restriction >= 2;

alter table record.index_card enable row level security;
do $$
begin
  execute format('create policy app_reads on record.index_card for select to %I using (
      person_id = any ((select access.listed_ids())::uuid[]) or restriction < 2 and (select access.may_search()))', foundation.role_name('app'));
  execute format('create policy jobs_read on record.index_card for select to %I using ((select access.run_is_open()))', foundation.role_name('jobs'));
  call foundation.grant_to('app', 'select on table record.index_card');
  call foundation.grant_to('jobs', 'select on table record.index_card');
end $$;

-- What search compares. The three that are one expression have no settings of their own, so that PostgreSQL writes them
-- into the statement that asks: a hundred thousand cards call them half a million times.

-- A name taken apart: small letters, accents and signs taken off; letters that do not come apart into a letter and a sign
-- as an English keyboard has them. What stands before a first or after a last sign is an empty word.
create function foundation.name_parts(name text) returns text[]
  language sql immutable parallel safe
  return regexp_split_to_array(
    replace(replace(replace(replace(translate(
      regexp_replace(lower(normalize(name, nfd)), '[\u0300-\u036f''’.]', '', 'g'),
      'łđøıð', 'ldoid'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[^[:alnum:]]+');

-- The words of a name, each once.
create function foundation.name_words(name text) returns text[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return array(select distinct word from unnest(foundation.name_parts(name)) as word where word <> '' order by word);

create function foundation.plain_number(value text) returns text
  language sql immutable parallel safe
  return upper(regexp_replace(value, '[^[:alnum:]]', '', 'g'));

-- A telephone number as it is dialled at home: digits, 0 instead of 44.
create function foundation.plain_phone(value text) returns text
  language sql immutable parallel safe
  return regexp_replace(regexp_replace(value, '[^0-9]', '', 'g'), '^(00)?440?(?=[0-9]{9})', '0');

-- Everyone who is the same human being as one of these, themselves included.
create function foundation.with_aliases(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    with recursive same as (
      select unnest(in_people) as id
      union
      select case when a.person_id = same.id then a.same_as else a.person_id end
        from same join record.person_alias a on (a.person_id = same.id or a.same_as = same.id) and (a.to_at is null or a.to_at > now())
    ) select array_agg(same.id) from same);

-- Makes the cards of these people anew, and their aliases’: who is restricted under one name is under all.
-- Planned for as many people as it is given: one after a save, a hundred thousand after an import.
create function record.refresh_index_cards(in_people uuid[]) returns void
  language plpgsql security definer
  set search_path = record, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
begin
  if exists (select from person_alias) then
    in_people := foundation.with_aliases(in_people);
  end if;
  with who as materialized (
    select p.* from person p where p.id = any (in_people)
  ), names as (
    select n.person_id,
           (array_agg(n.full_name order by n.to_day is null desc, array_position('{preferred,legal}', n.kind) nulls last, n.recorded_at desc, n.id)
              filter (where n.field_group = 'F01'))[1] as name,
           array_agg(distinct word) as words
      from person_name n cross join lateral unnest(foundation.name_parts(n.full_name)) as word
     where n.person_id = any (in_people) and word <> '' group by n.person_id
  ), numbers as (
    select i.person_id, array_agg(distinct foundation.plain_number(i.value)) as numbers,
           (array_agg(i.value order by array_position('{la-child-id,ssda903-child-id}', i.kind), i.to_day is null desc, i.id desc)
              filter (where i.kind in ('la-child-id', 'ssda903-child-id') and i.source_authority is null))[1] as local_id
      from person_identifier i where i.person_id = any (in_people) group by i.person_id
  ), places as (
    select a.person_id, array_agg(distinct foundation.plain_number(a.postcode)) as postcodes,
           (array_agg(upper(a.postcode) order by a.from_day desc nulls last, a.id desc) filter (where a.kind = 'home' and a.to_day is null))[1] as home
      from address a where a.person_id = any (in_people) and not a.protected and a.postcode <> '' group by a.person_id
  ), calls as (
    select d.person_id, array_agg(distinct foundation.plain_phone(d.value)) as phones
      from contact_detail d
     where d.person_id = any (in_people) and not d.protected and d.kind in ('telephone', 'mobile') and foundation.plain_phone(d.value) <> ''
     group by d.person_id
  ), workers as (
    select i.person_id,
           (array_agg(i.account_id order by i.from_day desc, i.id desc) filter (where i.kind = 'allocated'))[1] as account_id,
           (array_agg(coalesce(i.worker_name, i.worker_reference) order by i.from_day desc, i.id desc) filter (where i.kind = 'allocated'))[1] as worker,
           (array_agg(i.team_id order by i.kind = 'allocated' desc, i.from_day desc, i.id desc) filter (where i.team_id is not null))[1] as team_id
      from involvement i
     where i.person_id = any (in_people) and i.from_day <= current_date and (i.to_day is null or i.to_day > current_date)
       and i.kind in ('allocated', 'team')
     group by i.person_id
  ), restricted as (
    select same.id as person_id, max(r.level) as level
      from (select distinct person_id as known_as from restriction where person_id = any (in_people)) held
     cross join lateral unnest(foundation.with_aliases(array[held.known_as])) as same (id)
      join restriction r on r.person_id = held.known_as and (r.to_at is null or r.to_at > clock_timestamp())
     group by same.id
  ), needs as (
    select r.person_id, bool_or(r.referral_nfa is not true and (r.close_date is null or r.close_date > current_date)) as open
      from referral r where r.person_id = any (in_people) group by r.person_id
  ), plans as (
    select c.person_id, bool_or(c.cp_plan_end_date is null or c.cp_plan_end_date > current_date) as open
      from child_protection_plan c where c.person_id = any (in_people) group by c.person_id
  ), care as (
    select c.person_id, bool_or(c.end_date is null or c.end_date > current_date) as open,
           max(c.end_date) filter (where not c.short_breaks) as last_day
      from period_of_care c where c.person_id = any (in_people) group by c.person_id
  ), leavers as (
    select distinct o.person_id from care_leaver_outcome o where o.person_id = any (in_people)
  ), away as (
    select distinct m.person_id from missing_episode m
     where m.person_id = any (in_people) and m.missing = 'M' and m.mis_end is null and m.mis_end_at is null
  ), cards as (
    select w.id as person_id, w.reference, n.name, i.local_id, w.date_of_birth, w.date_of_birth_estimated, w.expected_date_of_birth, w.died_on, w.sex::text as sex,
           array_remove(array[
             case when plans.open then 'child-protection' end,
             case when care.open then 'looked-after' end,
             case when coalesce(care.open, false) is false and w.date_of_birth + interval '25 years' > current_date and w.died_on is null
                   and (leavers.person_id is not null or care.last_day >= w.date_of_birth + interval '16 years') then 'care-leaver' end,
             case when needs.open then 'child-in-need' end,
             case when w.date_of_birth is null and w.expected_date_of_birth is not null then 'unborn' end,
             case when away.person_id is not null then 'missing' end,
             case when w.died_on is not null then 'died' end,
             case when r.level >= 2 then 'restricted' end], null) as badges,
           coalesce(r.level, 0)::smallint as restriction, k.account_id, k.worker, k.team_id,
           nullif(regexp_replace(btrim(a.home), '\s*\d[A-Z]{2}$', ''), '') as postcode_outward,
           coalesce(a.postcodes, '{}') as postcodes, coalesce(d.phones, '{}') as phones,
           coalesce(i.numbers, '{}') || foundation.plain_number(w.reference) as identifiers,
           coalesce(n.words, '{}') as name_keys,
           num_nonnulls(needs.person_id, plans.person_id, care.person_id, leavers.person_id) > 0 or i.local_id is not null as has_record
      from who w
      left join names n on n.person_id = w.id
      left join numbers i on i.person_id = w.id
      left join places a on a.person_id = w.id
      left join calls d on d.person_id = w.id
      left join workers k on k.person_id = w.id
      left join restricted r on r.person_id = w.id
      left join needs on needs.person_id = w.id
      left join plans on plans.person_id = w.id
      left join care on care.person_id = w.id
      left join leavers on leavers.person_id = w.id
      left join away on away.person_id = w.id
  )
  merge into index_card t using cards s on t.person_id = s.person_id
  when matched and (t.reference, t.name, t.local_id, t.date_of_birth, t.date_of_birth_estimated, t.expected_date_of_birth, t.died_on, t.sex, t.badges, t.restriction,
                    t.account_id, t.worker, t.team_id, t.postcode_outward, t.postcodes, t.phones, t.identifiers, t.name_keys, t.has_record)
       is distinct from (s.reference, s.name, s.local_id, s.date_of_birth, s.date_of_birth_estimated, s.expected_date_of_birth, s.died_on, s.sex, s.badges, s.restriction,
                    s.account_id, s.worker, s.team_id, s.postcode_outward, s.postcodes, s.phones, s.identifiers, s.name_keys, s.has_record) then
    update set name = s.name, local_id = s.local_id, date_of_birth = s.date_of_birth, date_of_birth_estimated = s.date_of_birth_estimated,
      expected_date_of_birth = s.expected_date_of_birth, died_on = s.died_on, sex = s.sex, badges = s.badges, restriction = s.restriction, account_id = s.account_id,
      worker = s.worker, team_id = s.team_id, postcode_outward = s.postcode_outward, postcodes = s.postcodes, phones = s.phones, identifiers = s.identifiers, name_keys = s.name_keys,
      has_record = s.has_record, refreshed_at = clock_timestamp()
  when not matched then
    insert (person_id, reference, name, local_id, date_of_birth, date_of_birth_estimated, expected_date_of_birth, died_on, sex, badges, restriction,
      account_id, worker, team_id, postcode_outward, postcodes, phones, identifiers, name_keys, has_record)
    values (s.person_id, s.reference, s.name, s.local_id, s.date_of_birth, s.date_of_birth_estimated, s.expected_date_of_birth, s.died_on, s.sex, s.badges, s.restriction,
      s.account_id, s.worker, s.team_id, s.postcode_outward, s.postcodes, s.phones, s.identifiers, s.name_keys, s.has_record);
end $$;

-- After each statement on a table the cards are made from. A run (or the owner) that writes much says
-- set_config('cairn.cards', 'later', true) and calls record.refresh_index_cards once, before it commits.
create function foundation.refresh_cards() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  subject text := (select quote_ident(k.subject) from foundation.kept_table k where k.table_name = tg_table_name);
  rows text := case tg_op when 'INSERT' then 'new_rows' when 'DELETE' then 'old_rows'
                          else '(select * from new_rows union all select * from old_rows) both_sides' end;
  touched uuid[];
begin
  if current_setting('cairn.cards', true) = 'later' and (session_user = current_user or access.run_is_open()) then
    return null;
  end if;
  -- Two who are no longer one are two cards to make.
  execute case tg_table_name
    when 'person_alias' then format('select array_agg(distinct id) from (select unnest(array[person_id, same_as]) as id from %s) ends', rows)
    else format('select array_agg(distinct %s) from %s', subject, rows)
  end into touched;
  if touched is not null then
    perform record.refresh_index_cards(touched);
  end if;
  return null;
end $$;

do $$
declare
  of_table text;
begin
  foreach of_table in array array['person', 'person_name', 'person_identifier', 'person_alias', 'address', 'contact_detail', 'involvement', 'restriction', 'referral',
                                  'child_protection_plan', 'period_of_care', 'missing_episode', 'care_leaver_outcome'] loop
    execute format('create trigger card_added after insert on record.%I referencing new table as new_rows for each statement execute function foundation.refresh_cards()', of_table);
    execute format('create trigger card_changed after update on record.%I referencing old table as old_rows new table as new_rows for each statement execute function foundation.refresh_cards()', of_table);
    execute format('create trigger card_removed after delete on record.%I referencing old table as old_rows for each statement execute function foundation.refresh_cards()', of_table);
  end loop;
end $$;

revoke execute on all routines in schema foundation, record from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function record.refresh_index_cards(uuid[])');
  call foundation.grant_to('app', 'execute on function foundation.name_words(text), foundation.plain_number(text)');
  call foundation.grant_to('jobs', 'execute on function foundation.name_words(text), foundation.plain_number(text)');
end $$;
