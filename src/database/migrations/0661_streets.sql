-- Part of an address finds people: a street, with its house number or without, as it is heard or typed; a town makes the
-- likelier of two. As with names (0500), what was typed is compared with the streets there are, once each, and people are
-- then found by whole streets.
--
-- Only addresses that a search may tell of: none that is protected, none of somebody whose address is not to be told, none
-- of whoever is restricted, sealed or not to be known. What is not in these tables is found by nobody, hints at nothing, and
-- costs a search no time. Whether a restricted record may fit (access.restricted_may_match) is asked without the street.

create table foundation.street_name (
  street text collate "C" primary key,
  stem text not null,
  sounds text[] not null
);
comment on table foundation.street_name is
  'Streets, and whatever else is a line of an address that a search may tell of. Read by the search itself, granted to nobody.';
comment on column foundation.street_name.stem is 'Without its last word where that is lane, road or another kind of street: people mishear those for one another.';
comment on column foundation.street_name.sounds is 'How the stem sounds, as a name does (0500).';
create index on foundation.street_name using gin (stem public.gin_trgm_ops);
create index on foundation.street_name using gin (sounds);

create table foundation.person_street (
  person_id uuid primary key references record.person on delete cascade,
  keys text[] not null
);
comment on table foundation.person_street is
  'Where people whom a search may find live and have lived, as the search compares it: ''mill lane'', ''12 mill lane''; behind a ~ what is over. Granted to nobody.';
create index on foundation.person_street using gin (keys);

-- Kinds of street as they are written short; only at the end of a street: St Mary's Road is no street of Mary's Road.
create function foundation.street_kind(word text) returns text
  language sql immutable parallel safe
  return case word
    when 'rd' then 'road' when 'st' then 'street' when 'str' then 'street' when 'ave' then 'avenue' when 'av' then 'avenue' when 'ln' then 'lane'
    when 'cl' then 'close' when 'clo' then 'close' when 'cres' then 'crescent' when 'cresc' then 'crescent' when 'dr' then 'drive' when 'gdns' then 'gardens'
    when 'ct' then 'court' when 'pl' then 'place' when 'sq' then 'square' when 'ter' then 'terrace' when 'terr' then 'terrace' when 'gr' then 'grove'
    when 'gro' then 'grove' when 'mt' then 'mount' when 'pk' then 'park'
    else word end;

create function foundation.street_stem(street text) returns text
  language sql immutable parallel safe
  return regexp_replace(street,
    ' (road|street|avenue|lane|close|crescent|drive|gardens|court|place|square|terrace|grove|mount|park|way|row|view|walk|rise|mews|hill)$', '');

-- The lines of an address, each a street and perhaps its house number; flats and rooms are none.
create function foundation.street_lines(address text, out number text, out street text) returns setof record
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select parts[1], regexp_replace(parts[2], '[a-z]+$', '') || foundation.street_kind(substring(parts[2] from '[a-z]+$'))
    from regexp_split_to_table(
           regexp_replace(lower(normalize(address, nfd)), '[\u0300-\u036f''’.]', '', 'g'), '[,;\n\r]+') as line,
         regexp_match(btrim(regexp_replace(line, '[^[:alnum:]]+', ' ', 'g')),
           '^(?:(?:flat|apartment|apt|unit|room) [[:alnum:]]+ ?)?(?:(?:no|number) )?(?:([0-9]+[a-z]?) (?:[0-9]+[a-z]? )?)?(.*)$') as parts
   where parts[2] ~ '[a-z]{3}'
$$;

-- Planned once, whoever calls it: an import has it called for each address.
create function foundation.street_keys(address text) returns text[]
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  return (select array_agg(distinct key) from foundation.street_lines(address) l, unnest(array[l.street, l.number || ' ' || l.street]) as key
           where key is not null);

create function foundation.learn_streets() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into foundation.street_name (street, stem, sounds)
  select street, foundation.street_stem(street), foundation.sounds_of(replace(foundation.street_stem(street), ' ', ''))
    from (select distinct ltrim(unnest(keys), '~') collate "C" as street from new_rows) as said
   where street !~ '^[0-9]' and not exists (select from foundation.street_name known where known.street = said.street)
   order by street
      on conflict do nothing;
  return null;
end $$;

-- A street where nobody lives or lived any more whom a search may find is forgotten, as a name is (0500).
create function foundation.forget_streets() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
declare
  lost text[];
  one text;
begin
  if tg_op = 'UPDATE' then
    lost := array(select distinct ltrim(key, '~') from old_rows o join new_rows n using (person_id) cross join lateral unnest(o.keys) as key
                   where o.keys <> n.keys and key <> all (n.keys) and key !~ '^~?[0-9]');
  else
    lost := array(select distinct ltrim(key, '~') from old_rows o cross join lateral unnest(o.keys) as key where key !~ '^~?[0-9]');
  end if;
  foreach one in array lost loop
    if not exists (select from foundation.person_street p where p.keys && array[one, '~' || one]) then
      delete from foundation.street_name s where s.street = one collate "C";
    end if;
  end loop;
  return null;
end $$;

create trigger learn_added after insert on foundation.person_street referencing new table as new_rows for each statement execute function foundation.learn_streets();
create trigger learn_changed after update on foundation.person_street referencing new table as new_rows for each statement execute function foundation.learn_streets();
create trigger forget_changed after update on foundation.person_street referencing old table as old_rows new table as new_rows for each statement execute function foundation.forget_streets();
create trigger forget_removed after delete on foundation.person_street referencing old table as old_rows for each statement execute function foundation.forget_streets();

-- What these people's addresses are to a search, after their cards were made: of records that are one, under the one that
-- leads. What stays as it was is not written.
create function record.refresh_streets(in_people uuid[]) returns void
  language plpgsql security definer
  set search_path = record, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
begin
  with who as materialized (
    select c.person_id, coalesce(c.same_as, c.person_id) as lead, c.restriction < 2 as found from index_card c where c.person_id = any (in_people)
  ), kept as materialized (
    select distinct w.lead from who w join hazard h on h.person_id = w.person_id
     where h.kind = 'address-not-to-be-told' and (h.to_day is null or h.to_day > current_date)
  ), home as materialized (
    select w.lead, a.address_lines as lines, a.to_day <= current_date as past
      from who w join address a on a.person_id = w.person_id and not a.protected and a.address_lines <> ''
     where w.found and w.lead not in (select k.lead from kept k)
  ), keyed as materialized (
    -- A family's address is taken apart once.
    select l.lines, foundation.street_keys(l.lines) as keys from (select distinct h.lines from home h) l
  ), made as materialized (
    select h.lead, array_agg(distinct case when h.past then '~' || key else key end) as keys
      from home h join keyed k on k.lines = h.lines cross join lateral unnest(k.keys) as key
     group by h.lead
  ), now as materialized (
    select w.person_id, m.keys from who w left join made m on m.lead = w.person_id
  ), gone as (
    delete from foundation.person_street p using now n where p.person_id = n.person_id and n.keys is null
  )
  insert into foundation.person_street as p (person_id, keys)
  select n.person_id, n.keys from now n where n.keys is not null
      on conflict (person_id) do update set keys = excluded.keys where p.keys <> excluded.keys;
end $$;

-- As before (0551), and the streets.
create or replace function record.refresh_index_cards(in_people uuid[]) returns void
  language plpgsql security definer
  set search_path = record, pg_catalog, pg_temp
as $$
begin
  perform record.refresh_own_cards(in_people);
  if exists (select from person_alias) then
    in_people := foundation.with_aliases(in_people);
    update index_card c set same_as = null
     where c.person_id = any (in_people) and c.same_as is not null
       and not exists (select from person_alias a where a.person_id = c.person_id and (a.to_at is null or a.to_at > now()));
    perform record.gather_cards(in_people);
  end if;
  perform record.refresh_streets(in_people);
end $$;

create trigger card_added after insert on record.hazard referencing new table as new_rows for each statement execute function foundation.refresh_cards();
create trigger card_changed after update on record.hazard referencing old table as old_rows new table as new_rows for each statement execute function foundation.refresh_cards();
create trigger card_removed after delete on record.hazard referencing old table as old_rows for each statement execute function foundation.refresh_cards();

-- ---------------------------------------------------------------------------------------------------------
-- Streets that may be meant by what was typed, as people have them, with how surely: another kind of street, or a stem
-- spelt alike. `numbered` is the street with the house number that was said.
create function foundation.streets_alike(in_place text) returns table (key text, weight real, how text, numbered boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
begin atomic
  with typed as materialized (
    select l.number, l.street, foundation.street_stem(l.street) as stem from foundation.street_lines(in_place) l limit 3
  ), heard as (
    select t.*, s.street as known, s.stem as known_stem, false as sounds from typed t join foundation.street_name s on s.stem operator(public.%) t.stem
    union all
    select t.*, s.street, s.stem, true from typed t join foundation.street_name s on s.sounds && foundation.sounds_of(replace(t.stem, ' ', ''))
  ), likened as (
    select h.*, 1 - public.levenshtein(left(h.stem, 60), left(h.known_stem, 60))::real / greatest(length(left(h.stem, 60)), length(left(h.known_stem, 60))) as likeness
      from heard h
  ), alike as (
    select l.number, l.known as street,
           case when l.known = l.street then 1
                else (case when l.known_stem = l.stem then 0.9 when l.sounds then 0.5 + 0.35 * l.likeness else 0.85 * l.likeness end
                      - case when l.street in (l.stem, l.known) or right(l.known, 4) = right(l.street, 4) then 0 else 0.1 end) end as weight
      from likened l
  ), best as (
    select a.number, a.street, max(a.weight) as weight from alike a where a.weight >= 0.5 group by a.number, a.street
     order by max(a.weight) desc, a.street limit 40
  )
  select over_or_not.mark || key.key, (b.weight * key.share * over_or_not.share)::real,
         case when over_or_not.mark = '~' then 'former-address' when b.weight < 0.9 then 'street-alike' when key.share = 1 then 'address' else 'street' end, key.share = 1
    from best b
   cross join lateral (values (b.number || ' ' || b.street, 1.0), (b.street, 0.7)) as key (key, share)
   cross join (values ('', 1.0), ('~', 0.85)) as over_or_not (mark, share)
   where key.key is not null;
end;

drop function record.people_alike(text[], real[], jsonb, integer, jsonb, text[], integer);
drop function foundation.weigh_people(uuid[], foundation.word_alike[], text[], real[], jsonb, text[], integer);
create type foundation.street_alike as (key text, weight real, how text, numbered boolean);

-- As before (0510), with where somebody lives or has lived. Who is found by a street alone is an answer when nobody is by
-- anything else.
create function foundation.weigh_people(in_found uuid[], in_likes foundation.word_alike[], in_typed text[], in_shares real[], in_days jsonb, in_numbers text[], in_streets foundation.street_alike[],
    in_most integer)
  returns table (person_id uuid, score real, matched text[])
  language plpgsql stable security definer
  set search_path = record, pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  days constant date[] := array(select d.day from jsonb_to_recordset(in_days) as d (day date));
  typed_name constant text := array_to_string(in_typed, ' ');
begin
  return query
  with card as materialized (
    select c.* from index_card c where c.person_id = any (array(select distinct unnest(in_found)))
  ), hit as (
    select distinct on (c.person_id, l.at) c.person_id, l.at, l.word, l.weight, l.how
      from card c cross join lateral unnest(c.name_keys) as key
      join unnest(in_likes) as l on l.word = key
     order by c.person_id, l.at, l.weight desc
  ), named as (
    select h.person_id, sum(h.weight * in_shares[h.at]) as weight, count(distinct h.word) as words,
           array_agg(h.how order by h.at) as how, array_agg(h.word order by h.at) as words_hit
      from hit h group by h.person_id
  ), weighed as (
    select c.person_id, c.name, c.has_record,
           case when cardinality(in_typed) = 0 then 0
                else greatest(coalesce(n.weight, 0), 0.9 * public.similarity(c.name, typed_name)) end as name_weight,
           0.02 * greatest(cardinality(c.name_keys) - coalesce(n.words, 0), 0) as unsaid,
           d.weight as day_weight, d.how as day_how,
           case when cardinality(days) > 0 and d.day is null and c.date_of_birth_estimated and abs(c.date_of_birth - days[1]) <= 550 then 'estimated' end as about,
           case when c.identifiers && in_numbers then 'number' when c.phones && in_numbers then 'phone'
                when c.postcodes && in_numbers then 'postcode' when upper(c.postcode_outward) = any (in_numbers) then 'postcode-area' end as number_how,
           n.how, n.words_hit, s.weight + s.town as street_weight, s.how as street_how
      from card c
      left join named n using (person_id)
      left join lateral (
        select l.weight, l.how, case when p.keys && in_typed then 0.1 else 0 end as town
          from foundation.person_street p join unnest(in_streets) as l on l.key = any (p.keys)
         where p.person_id = c.person_id order by l.weight desc limit 1) as s on true
      left join lateral (
        select d.day, d.how, d.weight from jsonb_to_recordset(in_days) as d (day date, how text, weight real)
         where d.day in (c.date_of_birth, c.expected_date_of_birth) order by d.weight desc limit 1) as d on true
  ), scored as (
    select w.*, (2 * w.name_weight - w.unsaid + coalesce(w.day_weight, case when w.about is not null then 0.6 else 0 end) * 1.5
                 + case w.number_how when 'number' then 3 when 'phone' then 2.5 when 'postcode' then 1.5 when 'postcode-area' then 0.7 else 0 end
                 + 1.5 * coalesce(w.street_weight, 0)
                 + case when w.has_record then 0.05 else 0 end)::real as total,
           (w.number_how in ('number', 'phone')
            or w.name_weight >= case when w.day_weight >= 0.9 or w.street_weight is not null then 0.3 when w.day_weight is not null or w.about is not null then 0.35 else 0.45 end
            or cardinality(in_typed) = 0 and (w.day_how = 'as-said' or cardinality(days) = 0 and w.number_how is not null
                                              or w.number_how = 'postcode')) as likely
      from weighed w
  ), chosen as (
    select s.* from scored s
     where s.likely or s.street_weight is not null and not exists (select from scored other where other.likely)
     order by s.total desc, s.has_record desc, s.name nulls last, s.person_id
     limit in_most
  )
  select s.person_id, s.total,
         array_remove(
           coalesce((select array_agg(case when h.how in ('name', 'begins') and not h.word = any (foundation.name_words(s.name)) then 'former' else h.how end order by h.place)
                       from unnest(s.how, s.words_hit) with ordinality as h (how, word, place)),
                    case when s.name_weight > case when s.street_how is null then 0 else 0.3 end then array['alike'] end, '{}')
           || array[coalesce('day-' || s.day_how, 'day-' || s.about), s.number_how, s.street_how], null)
    from chosen s order by s.total desc, s.has_record desc, s.name nulls last, s.person_id;
end $$;

-- in_days: [{day, how, weight}], days that may be meant by the one said. in_numbers: as the cards have them.
-- in_place: a street as typed, or null. in_typed: the words as typed, and the share of each in the name.
create function record.people_alike(in_typed text[], in_shares real[], in_forms jsonb, in_beginning integer, in_days jsonb, in_numbers text[], in_place text, in_most integer)
  returns table (person_id uuid, score real, matched text[])
  language plpgsql stable security definer
  set search_path = record, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_seqscan = off
  set jit = off
as $$
#variable_conflict use_column
declare
  listed constant uuid[] := access.listed_ids();
  likes constant foundation.word_alike[] := array(select row(l.*)::foundation.word_alike from foundation.words_alike(in_forms, in_beginning) as l);
  words constant text[] := array(select distinct l.word from unnest(likes) as l);
  marks constant integer[] := array(select hashtext(word) from unnest(words) as word);
  days constant date[] := array(select d.day from jsonb_to_recordset(in_days) as d (day date));
  typed_name constant text := array_to_string(in_typed, ' ');
  streets constant foundation.street_alike[] := case when in_place is null then '{}' else array(select row(s.*)::foundation.street_alike from foundation.streets_alike(in_place) as s) end;
  here text[];
  one text[];
  other text[];
  sure real;
  found uuid[] := '{}';
begin
  if not access.may_search() then
    return;
  end if;

  -- A number of theirs.
  if cardinality(in_numbers) > 0 then
    found := found || array(
      select c.person_id from index_card c
       where (c.identifiers && in_numbers or c.phones && in_numbers or c.postcodes && in_numbers or upper(c.postcode_outward) = any (in_numbers))
         and (cardinality(words) = 0 or c.name_keys && words or c.identifiers && in_numbers or c.phones && in_numbers)
         and (cardinality(days) = 0 or c.date_of_birth = any (days) or c.identifiers && in_numbers or c.phones && in_numbers or cardinality(words) > 0)
         and (c.restriction < 2 or c.person_id = any (listed))
       limit 2000);
  end if;

  -- Born, or expected, on a day that may be meant; by name, where one was said: read from the index of birth dates alone,
  -- since a slip in a day has thousands born on it.
  if cardinality(days) > 0 and cardinality(in_typed) = 0 then
    found := found || array(
      select c.person_id from index_card c
       where (c.date_of_birth = days[1] or c.expected_date_of_birth = days[1]) and (c.restriction < 2 or c.person_id = any (listed))
       limit 3000);
  elsif cardinality(days) > 0 then
    found := found || array(
      select distinct born.person_id
        from (select c.person_id, unnest(c.name_marks) as mark from index_card c
               where c.date_of_birth = any (days) and (c.restriction < 2 or c.person_id = any (listed))
              union all
              select c.person_id, unnest(c.name_marks) from index_card c
               where c.expected_date_of_birth = any (days) and (c.restriction < 2 or c.person_id = any (listed))) as born
       where born.mark = any (marks)
       limit 3000);
  end if;
  if cardinality(days) > 0 and cardinality(in_typed) > 0 and cardinality(found) < 3 then
    found := found || array(
      select c.person_id from index_card c
       where c.date_of_birth = any (days) and public.similarity(c.name, typed_name) > 0.3
         and (c.restriction < 2 or c.person_id = any (listed))
       limit 100);
  end if;

  -- Two of the names; the surer words first.
  for i in 1 .. cardinality(in_typed) loop
    for j in i + 1 .. cardinality(in_typed) loop
      one := array(select l.word from unnest(likes) as l where l.at = i and l.weight >= 0.8);
      other := array(select l.word from unnest(likes) as l where l.at = j and l.weight >= 0.8);
      found := found || array(
        select c.person_id from index_card c
         where c.name_keys && one and c.name_keys && other and (c.restriction < 2 or c.person_id = any (listed))
         limit case when cardinality(days) > 0 then 300 else 2000 end);
      if cardinality(days) = 0 then
        one := array(select l.word from unnest(likes) as l where l.at = i);
        other := array(select l.word from unnest(likes) as l where l.at = j);
        found := found || array(
          select c.person_id from index_card c
           where c.name_keys && one and c.name_keys && other and (c.restriction < 2 or c.person_id = any (listed))
           limit 1500);
      end if;
    end loop;
  end loop;

  -- One name only, typed or on record; and where two find few, whoever bears one of them.
  if cardinality(days) = 0 and cardinality(in_numbers) = 0 and (cardinality(in_typed) = 1 or cardinality(found) < 3) then
    for i in 1 .. cardinality(in_typed) loop
      foreach sure in array array[0.85, 0] loop
        one := array(select l.word from unnest(likes) as l where l.at = i and l.weight >= sure);
        found := found || array(
          select c.person_id from index_card c
           where c.name_keys && one and (c.restriction < 2 or c.person_id = any (listed))
           limit case when cardinality(in_typed) = 1 then 400 else 50 end);
      end loop;
    end loop;
  end if;

  -- Where they live or have lived: by name, where one was said; the house itself before its street, and the surer streets first.
  if cardinality(streets) > 0 then
    here := array(select s.key from unnest(streets) as s);
    found := found || array(
      select c.person_id from foundation.person_street p join index_card c on c.person_id = p.person_id
       where p.keys && here and c.name_keys && words and (c.restriction < 2 or c.person_id = any (listed))
       limit 500);
    foreach sure in array array[0.9, 0.62, 0] loop
      exit when cardinality(found) >= in_most and sure < 0.62;
      here := array(select s.key from unnest(streets) as s where s.weight >= sure);
      found := found || array(
        select c.person_id from foundation.person_street p join index_card c on c.person_id = p.person_id
         where p.keys && here and (c.restriction < 2 or c.person_id = any (listed))
         limit 300);
    end loop;
  end if;

  return query select w.* from foundation.weigh_people(found, likes, in_typed, in_shares, in_days, in_numbers, streets, in_most) as w;
end $$;

-- The people there are already.
select record.refresh_streets(array(select c.person_id from record.index_card c));

revoke execute on all routines in schema foundation, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.people_alike(text[], real[], jsonb, integer, jsonb, text[], text, integer)');
  call foundation.grant_to('jobs', 'execute on function record.refresh_index_cards(uuid[])');
end $$;
