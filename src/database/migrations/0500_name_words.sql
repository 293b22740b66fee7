-- Search as people hear and type. The words of all names that a search may find, once each, with how they sound: what
-- was typed is compared with these few, and the cards are then found by whole words. pg_trgm and fuzzystrmatch come
-- with PostgreSQL and are trusted: the owner of a database may create them.

create extension if not exists pg_trgm schema public;
create extension if not exists fuzzystrmatch schema public;

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
-- destroyed record. First which words somebody lost (none, nearly always: most changes of a card are about other
-- things), then one look for each of them; as one statement, PostgreSQL may look for every word there is.
create function foundation.forget_name_words() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
declare
  lost text[];
  one text;
begin
  if tg_op = 'UPDATE' then
    lost := array(select distinct word from old_rows o join new_rows n using (person_id) cross join lateral unnest(o.name_keys) as word
                   where o.restriction < 2 and (n.restriction >= 2 or o.name_keys <> n.name_keys and word <> all (n.name_keys)));
  else
    lost := array(select distinct word from old_rows o cross join lateral unnest(o.name_keys) as word where o.restriction < 2);
  end if;
  foreach one in array lost loop
    if not exists (select from record.index_card c where c.name_keys @> array[one] and c.restriction < 2) then
      delete from foundation.name_word w where w.word = one collate "C";
    end if;
  end loop;
  return null;
end $$;

create trigger learn_added after insert on record.index_card referencing new table as new_rows for each statement execute function foundation.learn_name_words();
create trigger learn_changed after update on record.index_card referencing new table as new_rows for each statement execute function foundation.learn_name_words();
create trigger forget_changed after update on record.index_card referencing old table as old_rows new table as new_rows for each statement execute function foundation.forget_name_words();
create trigger forget_removed after delete on record.index_card referencing old table as old_rows for each statement execute function foundation.forget_name_words();

revoke execute on all routines in schema foundation, record from public;
