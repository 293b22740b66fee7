-- Who may be meant by what was typed, the likeliest first. These functions have their owner's rights because an index on
-- arrays cannot be used through a row policy; they apply the policy's own rule themselves (`may_be_found`), give ids and
-- reasons only, and whoever reads the cards of these ids is under the policy again.

create type foundation.word_alike as (at integer, word text, weight real, how text);

-- Words of names in use that may be meant. in_forms: [{at, word, weight, how}], what each typed word may be written as,
-- itself among them; in_beginning: the place of a word that may still be being typed.
create function foundation.words_alike(in_forms jsonb, in_beginning integer) returns setof foundation.word_alike
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
begin atomic
  with form as (
    select f.at, f.word, f.weight, f.how from jsonb_to_recordset(in_forms) as f (at integer, word text, weight real, how text)
  ), typed as materialized (
    select f.at, f.word from form f where f.how = 'name'
  ), heard as (
    select t.at, t.word as typed, w.word, true as sounds from typed t
      join foundation.name_word w on w.sounds && foundation.sounds_of(t.word)
    union all
    select t.at, t.word, w.word, false from typed t join foundation.name_word w on w.word operator(public.%) t.word
  ), likened as (
    select h.at, h.word, h.sounds,
           1 - public.levenshtein(left(h.typed, 40), left(h.word, 40))::real / greatest(length(left(h.typed, 40)), length(left(h.word, 40))) as likeness
      from heard h
  ), alike as (
    select f.at, f.word, f.weight, f.how from form f
    union all
    select l.at, l.word, greatest(0.6 + 0.3 * l.likeness, 0.95 * l.likeness), 'sounds' from likened l where l.sounds
    union all
    select l.at, l.word, 0.95 * l.likeness, 'alike' from likened l where not l.sounds and l.likeness >= 0.5
    union all
    select begun.at, begun.word, 0.85, 'begins' from typed t
     cross join lateral (
       select t.at, w.word from foundation.name_word w
        where t.at = in_beginning and w.word >= t.word collate "C" and w.word < (t.word || U&'\FFFF') collate "C" and w.word <> t.word
        order by length(w.word), w.word limit 300) as begun
  ), best as (
    select distinct on (a.at, a.word) a.at, a.word, a.weight, a.how from alike a order by a.at, a.word, a.weight desc
  )
  select r.at, r.word, r.weight, r.how
    from (select b.*, row_number() over (partition by b.at order by b.weight desc, b.word) as place from best b) as r
   where r.place <= 300;
end;

-- Weighs who was found, the likeliest first. The same few rows whatever was asked: planned once.
create function foundation.weigh_people(in_found uuid[], in_likes foundation.word_alike[], in_typed text[], in_shares real[], in_days jsonb, in_numbers text[], in_most integer)
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
           n.how, n.words_hit
      from card c
      left join named n using (person_id)
      left join lateral (
        select d.day, d.how, d.weight from jsonb_to_recordset(in_days) as d (day date, how text, weight real)
         where d.day in (c.date_of_birth, c.expected_date_of_birth) order by d.weight desc limit 1) as d on true
  ), scored as (
    select w.*, (2 * w.name_weight - w.unsaid + coalesce(w.day_weight, case when w.about is not null then 0.6 else 0 end) * 1.5
                 + case w.number_how when 'number' then 3 when 'phone' then 2.5 when 'postcode' then 1.5 when 'postcode-area' then 0.7 else 0 end
                 + case when w.has_record then 0.05 else 0 end)::real as total
      from weighed w
     where w.number_how in ('number', 'phone')
        or w.name_weight >= case when w.day_weight >= 0.9 then 0.3 when w.day_weight is not null or w.about is not null then 0.35 else 0.45 end
        or cardinality(in_typed) = 0 and (w.day_how = 'as-said' or cardinality(days) = 0 and w.number_how is not null
                                          or w.number_how = 'postcode')
     order by total desc, w.has_record desc, w.name nulls last, w.person_id
     limit in_most
  )
  select s.person_id, s.total,
         array_remove(
           coalesce((select array_agg(case when h.how in ('name', 'begins') and not h.word = any (foundation.name_words(s.name)) then 'former' else h.how end order by h.place)
                       from unnest(s.how, s.words_hit) with ordinality as h (how, word, place)),
                    case when s.name_weight > 0 then array['alike'] end, '{}')
           || array[coalesce('day-' || s.day_how, 'day-' || s.about), s.number_how], null)
    from scored s order by s.total desc, s.has_record desc, s.name nulls last, s.person_id;
end $$;

-- in_days: [{day, how, weight}], days that may be meant by the one said. in_numbers: as the cards have them.
-- in_typed: the words as typed, and the share of each in the name.
create function record.people_alike(in_typed text[], in_shares real[], in_forms jsonb, in_beginning integer, in_days jsonb, in_numbers text[], in_most integer)
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

  return query select w.* from foundation.weigh_people(found, likes, in_typed, in_shares, in_days, in_numbers, in_most) as w;
end $$;

-- Who lives with these people, as far as a search may name them: for each of in_people that it may find, others that it
-- may find too, of the same household today.
create function record.households(in_people uuid[]) returns table (person_id uuid, other_id uuid, name text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  with tie as (
    select r.person_id as who, r.other_person_id as with_whom from record.relationship r
     where r.person_id = any (in_people) and r.same_household and (r.to_day is null or r.to_day > current_date)
    union
    select r.other_person_id, r.person_id from record.relationship r
     where r.other_person_id = any (in_people) and r.same_household and (r.to_day is null or r.to_day > current_date)
  )
  select t.who, t.with_whom, o.name
    from tie t
    join record.index_card c on c.person_id = t.who and c.restriction < 2
    join record.index_card o on o.person_id = t.with_whom and o.restriction < 2 and o.name is not null and o.died_on is null
   where access.may_search()
     and not exists (select from record.address a where a.person_id in (t.who, t.with_whom) and a.protected and (a.to_day is null or a.to_day > current_date))
   order by t.who, o.date_of_birth nulls first, o.name;
end;

-- As before, and by an index: few are restricted, and all others need not be looked at.
create or replace function access.restricted_may_match(in_day date, in_numbers text[], in_words text[]) returns boolean
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return access.may_search() and exists (
    select from record.index_card c
      join access.restriction_rule r on r.level = c.restriction
      join access.session_now s on r.hint_roles && access.roles_of(s.account_id)
     where c.restriction >= 2
       and (c.identifiers && in_numbers or cardinality(in_words) + (in_day is not null)::integer >= 2)
       and (in_day is null or in_day in (c.date_of_birth, c.expected_date_of_birth))
       and c.name_keys @> in_words
       and not exists (select from unnest(in_numbers) as number where not number = any (c.identifiers || c.postcodes))
       and not c.person_id = any (access.listed_ids()));

revoke execute on all routines in schema foundation, record, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.people_alike(text[], real[], jsonb, integer, jsonb, text[], integer), record.households(uuid[])');
end $$;
