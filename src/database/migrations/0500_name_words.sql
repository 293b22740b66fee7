-- Search as people hear and type. The words of all names that a search may find, once each, with how they sound: what
-- was typed is compared with these few, and the cards are then found by whole words. pg_trgm and fuzzystrmatch come
-- with PostgreSQL and are trusted: the owner of a database may create them.

create extension if not exists pg_trgm schema public;
create extension if not exists fuzzystrmatch schema public;

-- Letters that do not come apart into a letter and a sign are written as an English keyboard has them.
create or replace function foundation.name_words(name text) returns text[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return array(select distinct word from unnest(string_to_array(
      regexp_replace(regexp_replace(
        replace(replace(replace(replace(translate(
          regexp_replace(lower(normalize(name, nfd)), '[\u0300-\u036f''’.]', '', 'g'),
          'łđøıð', 'ldoid'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        '[^[:alnum:]]+', ' ', 'g'), '^ | $', '', 'g'), ' ')) as word
    where word <> '' order by word);

-- A telephone number as it is dialled at home: digits, 0 instead of 44.
create function foundation.plain_phone(value text) returns text
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return regexp_replace(regexp_replace(value, '[^0-9]', '', 'g'), '^(00)?440?(?=[0-9]{9})', '0');

alter table record.index_card add phones text[] not null default '{}';
comment on column record.index_card.phones is 'Unprotected ones, as dialled at home.';
create index on record.index_card using gin (phones);
create index on record.index_card (upper(postcode_outward));
create index on record.index_card (expected_date_of_birth) where expected_date_of_birth is not null;
create index on record.index_card (restriction) where restriction >= 2;

-- Makes the cards of these people anew, and their aliases’: who is restricted under one name is under all.
-- Planned for as many people as it is given: one after a save, a hundred thousand after an import.
create or replace function record.refresh_index_cards(in_people uuid[]) returns void
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
      from person_name n cross join lateral unnest(foundation.name_words(n.full_name)) as word
     where n.person_id = any (in_people) group by n.person_id
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


create trigger card_added after insert on record.contact_detail referencing new table as new_rows for each statement execute function foundation.refresh_cards();
create trigger card_changed after update on record.contact_detail referencing old table as old_rows new table as new_rows for each statement execute function foundation.refresh_cards();
create trigger card_removed after delete on record.contact_detail referencing old table as old_rows for each statement execute function foundation.refresh_cards();

create table foundation.name_word (
  word text collate "C" primary key,
  sounds text[] not null
);
comment on table foundation.name_word is
  'Words of the names on cards that a search may find; none that only restricted people bear. Read by the search itself, granted to nobody.';
comment on column foundation.name_word.sounds is 'Daitch-Mokotoff codes: what sounds alike has one in common.';
create index on foundation.name_word using gin (word public.gin_trgm_ops);
create index on foundation.name_word using gin (sounds);

-- How a word sounds, as written and without the letters that English writes and does not say.
create function foundation.sounds_of(word text) returns text[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return array(select distinct code from unnest(public.daitch_mokotoff(word) || public.daitch_mokotoff(
      regexp_replace(regexp_replace(regexp_replace(word, '^(k|g|p)(?=n)|^w(?=r)|^p(?=s)', ''), 'gh(?=t)|(?<=[aeiou])gh', ''), 'mb$', 'm'))) as code
    where code is not null order by code);

create function foundation.learn_name_words() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into foundation.name_word (word, sounds)
  select word, foundation.sounds_of(word)
    from (select distinct unnest(name_keys) collate "C" as word from new_rows where restriction < 2) as words
   where not exists (select from foundation.name_word known where known.word = words.word)
   order by word
      on conflict do nothing;
  return null;
end $$;

-- A word that nobody bears any more whom a search may find is forgotten: by its loss of a name, a restriction, a
-- destroyed record.
create function foundation.forget_name_words() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    delete from foundation.name_word w
     where w.word in (select unnest(o.name_keys) collate "C" from old_rows o join new_rows n using (person_id)
                       where n.name_keys <> o.name_keys or n.restriction >= 2 and o.restriction < 2)
       and not exists (select from record.index_card c where c.name_keys @> array[w.word::text] and c.restriction < 2);
  else
    delete from foundation.name_word w
     where w.word in (select unnest(o.name_keys) collate "C" from old_rows o)
       and not exists (select from record.index_card c where c.name_keys @> array[w.word::text] and c.restriction < 2);
  end if;
  return null;
end $$;

create trigger learn_added after insert on record.index_card referencing new table as new_rows for each statement execute function foundation.learn_name_words();
create trigger learn_changed after update on record.index_card referencing new table as new_rows for each statement execute function foundation.learn_name_words();
create trigger forget_changed after update on record.index_card referencing old table as old_rows new table as new_rows for each statement execute function foundation.forget_name_words();
create trigger forget_removed after delete on record.index_card referencing old table as old_rows for each statement execute function foundation.forget_name_words();

-- Cards made before this are made anew.
select record.refresh_index_cards(array(select p.id from record.person p));

revoke execute on all routines in schema foundation, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function foundation.name_words(text)');
end $$;
