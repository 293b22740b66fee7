-- Two records of one person. Merging moves no fact: record.person_alias says that one row of person leads the other, and
-- opening either opens both. What a person decides is which value is current where the two differ; those few rows change,
-- their history keeps what stood, and undoing puts them back. Undone after new facts came in, a person says of each to
-- whom it belongs; what is moved then leaves nothing of itself behind, in the record or its history: one child's address
-- must not stay with another.

call ssd.take_down();

alter table record.person_alias
  add merged_on date not null generated always as ((from_at at time zone 'Europe/London')::date) stored,
  add parted_on date generated always as ((to_at at time zone 'Europe/London')::date) stored,
  add parted_by uuid,
  add parted_because text check (length(btrim(parted_because)) >= 3);
call foundation.extend('record.person_alias', $$
  merged_on      | F05 | ordinary | with record | yes
  parted_on      | F05 | ordinary | with record | yes
  parted_by      | F26 | ordinary | with record | yes
  parted_because | F05 | ordinary | with record | may speak of another person; decided at release
$$);
call foundation.tells('record.person_alias', 'merged_on', 'records-merged', 'from_at');
call foundation.tells('record.person_alias', 'parted_on', 'records-parted', 'to_at');

create table record.merge_proposal (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  other_person_id uuid not null references record.person,
  reason text not null check (length(btrim(reason)) >= 3),
  proposed_by uuid,
  proposed_at timestamptz not null default now(),
  outcome text check (outcome in ('merged', 'two-people')),
  decided_by uuid,
  decided_at timestamptz,
  words text,
  check (person_id <> other_person_id),
  check ((outcome is null) = (decided_at is null))
);
create index on record.merge_proposal (person_id);
create index on record.merge_proposal (other_person_id);
create unique index on record.merge_proposal (person_id, other_person_id) where outcome is null;
comment on table record.merge_proposal is 'Somebody holds two records to be of one person; a manager decides.';
call foundation.keep('record.merge_proposal', 'F05', $$
  other_person_id | F05 | ordinary | with record | about another record, which may be another person
  reason          | F05 | ordinary | with record | may speak of another person; decided at release
  proposed_by     | F26 | ordinary | with record | yes
  proposed_at     | F05 | ordinary | with record | yes
  outcome         | F05 | ordinary | with record | yes
  decided_by      | F26 | ordinary | with record | yes
  decided_at      | F05 | ordinary | with record | yes
  words           | F05 | ordinary | with record | may speak of another person; decided at release
$$);
call access.guard_keys_to_people();
do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  call foundation.revoke_from('app', 'insert, update on table record.merge_proposal');
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''merge-proposed''::text, ''merge-decided''::text, ''records-merged''::text, ''records-parted''::text, '));
end $$;

-- The dataset's one row a person takes name and nationality from whichever of the records has them.
do $$
declare
  before constant text := (select body from ssd.published where name = 'ssd_person');
  after constant text := replace(replace(before, $old$
      select distinct on (person_id) person_id, forename, surname, full_name from person_name
       where kind in ('legal', 'preferred')
       order by person_id, to_day is not null, kind, from_day desc nulls last, id desc
    ) as n on n.person_id = p.id$old$, $new$
      select distinct on (coalesce(h.subject_id, o.person_id)) coalesce(h.subject_id, o.person_id) as subject_id, o.forename, o.surname, o.full_name
        from person_name o left join human h on h.person_id = o.person_id
       where o.kind in ('legal', 'preferred')
       order by coalesce(h.subject_id, o.person_id), o.to_day is not null, o.kind, o.person_id = h.subject_id desc nulls last, o.from_day desc nulls last, o.id desc
    ) as n on n.subject_id = c.subject_id$new$), $old$
      select distinct on (person_id) person_id, nationality from immigration_status where nationality is not null
       order by person_id, start_date desc nulls last, id desc
    ) as im on im.person_id = p.id$old$, $new$
      select distinct on (coalesce(h.subject_id, o.person_id)) coalesce(h.subject_id, o.person_id) as subject_id, o.nationality
        from immigration_status o left join human h on h.person_id = o.person_id where o.nationality is not null
       order by coalesce(h.subject_id, o.person_id), o.start_date desc nulls last, o.id desc
    ) as im on im.subject_id = c.subject_id$new$);
begin
  if after !~ 'o.forename' or after !~ 'o.nationality' then
    raise exception 'The view of people is not as this migration knows it';
  end if;
  update ssd.published set body = after where name = 'ssd_person';
end $$;

call ssd.put_up_again();

-- ---------------------------------------------------------------------------------------------------------
-- Who may. Never to get at a record: whoever proposes has a reason from their work to open both, whoever merges has both
-- fully open by their work as a manager. Emergency access and a reason typed are no such work.

-- Null: yes. Else why not, as access.decide has it, or 'sealed', 'not-yours-to-decide'.
create function access.may_not_merge(in_account uuid, in_person uuid, in_fully boolean) returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d access.decision := access.decide(in_account, in_person, null, 'full', false, null);
begin
  if d.outcome <> 'allowed' then
    return d.why;
  end if;
  if d.restriction >= 3 then
    return 'sealed';
  end if;
  -- Joined, both are read under one: whoever joins them reads all of each before, not a corner of one.
  if d.rule in ('break-glass', 'reason')
     or in_fully and not (d.level = 'full' and d.groups @> '{F01,F02,F03,F05,F07,F08,F09,F10,F11,F12,F25,F26}'::text[]) then
    return 'no-need';
  end if;
  if in_fully and not access.roles_of(in_account) && '{A-TM,A-SM}'::text[] then
    return 'not-yours-to-decide';
  end if;
  return null;
end $$;

-- The same for two. What must not be known of either is said before anything else could tell of it.
create function access.may_not_merge_both(in_account uuid, in_one uuid, in_other uuid, in_fully boolean) returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select w.why from (values (access.may_not_merge(in_account, in_one, in_fully)), (access.may_not_merge(in_account, in_other, in_fully))) as w (why)
           where w.why is not null order by w.why = 'not-found' desc, w.why = 'restricted' desc, w.why <> 'not-yours-to-decide' desc limit 1);

create function access.propose_merge(in_secret text, in_one uuid, in_other uuid, in_reason text, out outcome text, out why text, out id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  one uuid := record.leader_of(in_one);
  other uuid := record.leader_of(in_other);
begin
  if length(btrim(coalesce(in_reason, ''))) < 3 then
    raise exception 'Say why' using errcode = 'CA005';
  end if;
  outcome := 'refused';
  why := access.may_not_merge_both(s.account_id, in_one, in_other, false);
  if why is null and one = other then
    why := 'already-one';
  elsif why is null and exists (select from record.merge_proposal p
      where p.outcome is null and p.person_id = least(one, other) and p.other_person_id = greatest(one, other)) then
    why := 'proposed-already';
  elsif why is null then
    insert into record.merge_proposal (person_id, other_person_id, reason, proposed_by, recorded_by)
    values (least(one, other), greatest(one, other), btrim(in_reason), s.account_id, s.account_id) returning merge_proposal.id into id;
    outcome := 'allowed';
    perform access.tell(array_remove(access.managers_over(access.alias_set(one)) || access.managers_over(access.alias_set(other)), s.account_id),
      'merge-proposed', one, s.account_id, id);
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_one, 'about', in_other, 'action', 'merging proposed',
    'reason', in_reason, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- These are two people: remembered, whoever proposed otherwise is told, and nobody is asked again.
create function access.tell_apart(in_secret text, in_one uuid, in_other uuid, in_words text, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  one uuid := record.leader_of(in_one);
  other uuid := record.leader_of(in_other);
  p record.merge_proposal;
begin
  if length(btrim(coalesce(in_words, ''))) < 3 then
    raise exception 'Say why' using errcode = 'CA005';
  end if;
  outcome := 'refused';
  select x.* into p from record.merge_proposal x
   where x.outcome is null and one in (x.person_id, x.other_person_id) and other in (x.person_id, x.other_person_id) for update;
  -- Against somebody's proposal only a manager decides.
  why := access.may_not_merge_both(s.account_id, in_one, in_other, p.id is not null and p.proposed_by is distinct from s.account_id);
  if why is null and one = other then
    why := 'already-one';
  elsif why is null then
    insert into record.told_apart (person_id, other_person_id, occasion, words, recorded_by)
    values (one, other, 'clean-up', btrim(in_words), s.account_id)
    on conflict (person_id, other_person_id) do update set occasion = excluded.occasion, words = excluded.words;
    if p.id is not null then
      update record.merge_proposal x set outcome = 'two-people', decided_by = s.account_id, decided_at = now(), words = btrim(in_words) where x.id = p.id;
      perform access.tell(array_remove(array[p.proposed_by], s.account_id), 'merge-decided', p.person_id, s.account_id, p.id);
    end if;
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_one, 'about', in_other, 'action', 'told apart',
    'reason', in_words, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Merging.

-- Tables with one row a person: of two, each column has one value that is current.
create function record.said_once() returns name[]
  language sql immutable
  set search_path = pg_catalog, pg_temp
  return array['person_characteristics', 'gender_identity', 'mother_status']::name[];

-- The columns of a table that say something of the person.
create function foundation.said_columns(in_table name) returns name[]
  language sql stable
  set search_path = pg_catalog, pg_temp
  return array(select a.attname from pg_attribute a
                where a.attrelid = format('record.%I', in_table)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  and a.attname not in ('id', 'person_id', 'reference', 'natural_key', 'recorded_at', 'recorded_by', 'import_run_id', 'import_place')
                order by a.attnum);

-- Gives one row of a table these values: its columns by name, as to_jsonb has them.
create function foundation.put_values(in_table name, in_id uuid, in_columns name[], in_values jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('update record.%1$I t set (%2$s) = (select %2$s from jsonb_populate_record(null::record.%1$I, $2)) where t.id = $1', in_table,
      (select string_agg(quote_ident(c), ', ') from unnest(in_columns) c))
    using in_id, in_values;
end $$;

-- Where the two say something once and differ, or one says nothing: what becomes current is the leading record's, and the
-- other's where the leading one says nothing or in_take names it ('person.date_of_birth', 'person_characteristics.ethnicity').
create function record.settle_said_once(in_keeps uuid, in_goes uuid, in_take text[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k record.person := (select p from record.person p where p.id = in_keeps);
  g record.person := (select p from record.person p where p.id = in_goes);
  of_table name;
  kept jsonb;
  other jsonb;
  columns name[];
  settled jsonb;
begin
  if 'person.date_of_birth' = any (in_take) or k.date_of_birth is null then
    k.date_of_birth_estimated := case when g.date_of_birth is null then k.date_of_birth_estimated else g.date_of_birth_estimated end;
    k.date_of_birth := coalesce(g.date_of_birth, k.date_of_birth);
  end if;
  k.expected_date_of_birth := case when k.date_of_birth is not null then k.expected_date_of_birth
    when 'person.expected_date_of_birth' = any (in_take) then g.expected_date_of_birth else coalesce(k.expected_date_of_birth, g.expected_date_of_birth) end;
  k.died_on := case when 'person.died_on' = any (in_take) then g.died_on else coalesce(k.died_on, g.died_on) end;
  k.sex := case when 'person.sex' = any (in_take) then g.sex when coalesce(k.sex, 'U') = 'U' then coalesce(g.sex, k.sex) else k.sex end;
  k.gender_current := coalesce(k.gender_current, g.gender_current);
  update record.person p
     set date_of_birth = k.date_of_birth, date_of_birth_estimated = k.date_of_birth_estimated, died_on = k.died_on, sex = k.sex,
         gender_current = k.gender_current,
         expected_date_of_birth = case when k.date_of_birth is null then k.expected_date_of_birth end
   where p.id = in_keeps;

  foreach of_table in array record.said_once() loop
    execute format('select (select to_jsonb(t) from record.%1$I t where t.person_id = $1), (select to_jsonb(t) from record.%1$I t where t.person_id = $2)', of_table)
      into kept, other using in_keeps, in_goes;
    continue when other is null;
    columns := foundation.said_columns(of_table);
    if kept is null then
      execute format('insert into record.%1$I (person_id, %2$s) select $1, %2$s from jsonb_populate_record(null::record.%1$I, $2)', of_table,
        (select string_agg(quote_ident(c), ', ') from unnest(columns) c)) using in_keeps, other;
    else
      settled := (select jsonb_object_agg(c, case when of_table || '.' || c = any (in_take) or kept ->> c is null then other -> c else kept -> c end)
                    from unnest(columns) c);
      perform foundation.put_values(of_table, (kept ->> 'id')::uuid, columns, settled);
    end if;
  end loop;
end $$;

-- in_keeps leads from now on. in_take: values of the other's that become current, as above, and 'name', 'home'; in_differ:
-- 'home' when one of two current homes was chosen at all: else both stay as they are.
create function access.merge_people(in_secret text, in_keeps uuid, in_goes uuid, in_take text[], in_differ text[], in_reason text,
    out outcome text, out why text, out id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  keeps uuid := record.leader_of(in_keeps);
  goes uuid := record.leader_of(in_goes);
  as_one uuid[];
  not_home uuid := case when 'home' = any (in_differ) then case when 'home' = any (in_take) then keeps else goes end end;
  not_named uuid := case when 'name' = any (in_take) then keeps else goes end;
  named uuid := case when 'name' = any (in_take) then goes else keeps end;
begin
  if length(btrim(coalesce(in_reason, ''))) < 3 then
    raise exception 'Say why' using errcode = 'CA005';
  end if;
  perform from record.person p where p.id in (keeps, goes) order by p.id for update;
  -- Somebody may have merged either meanwhile.
  keeps := record.leader_of(in_keeps);
  goes := record.leader_of(in_goes);
  as_one := access.with_aliases(array[keeps, goes]);
  outcome := 'refused';
  why := access.may_not_merge_both(s.account_id, in_keeps, in_goes, true);
  if why is null and keeps = goes then
    why := 'already-one';
  elsif why is null and exists (
      select from record.relationship r where (r.to_day is null or r.to_day >= current_date)
         and (r.person_id = any (access.alias_set(keeps)) and r.other_person_id = any (access.alias_set(goes))
              or r.person_id = any (access.alias_set(goes)) and r.other_person_id = any (access.alias_set(keeps)))) then
    why := 'related';
  end if;
  if why is null then
    insert into record.person_alias (person_id, same_as, reason, decided_by, recorded_by)
    values (goes, keeps, btrim(in_reason), s.account_id, s.account_id) returning person_alias.id into id;
    perform record.settle_said_once(keeps, goes, coalesce(in_take, '{}'));
    if exists (select from record.person_name n where n.person_id = named and n.field_group = 'F01') then
      update record.person_name n set kind = 'also-known-as' where n.person_id = not_named and n.field_group = 'F01';
    end if;
    update record.address a set to_day = greatest(current_date, a.from_day)
     where a.person_id = not_home and a.kind = 'home' and a.to_day is null;
    -- One pupil number is current: the leading record's, where it has one.
    if exists (select from record.person_identifier i where i.person_id = keeps and i.kind = 'upn' and i.to_day is null) then
      update record.person_identifier i set kind = 'former-upn' where i.person_id = goes and i.kind = 'upn'
         and not exists (select from record.person_identifier k where k.person_id = keeps and k.kind = 'upn' and k.value = i.value);
    end if;
    update record.merge_proposal p set outcome = 'merged', decided_by = s.account_id, decided_at = now(), words = btrim(in_reason)
     where p.outcome is null and keeps in (p.person_id, p.other_person_id) and goes in (p.person_id, p.other_person_id);
    perform access.close_openings(as_one);
    perform access.tell(array_remove(access.workers_of(as_one) || access.managers_over(as_one)
        || array(select p.proposed_by from record.merge_proposal p where p.decided_at = now() and p.person_id in (keeps, goes)), s.account_id),
      'records-merged', keeps, s.account_id, id);
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_keeps, 'about', in_goes, 'action', 'records merged',
    'reason', in_reason, 'session', s.id, 'outcome', outcome, 'why', why)));
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_goes, 'about', in_keeps, 'action', 'records merged',
    'reason', in_reason, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Undoing. What came in since must belong to one of the two.

-- Tables whose rows a person says to whom they belong: those that the application writes. What is worked out follows.
create function foundation.tables_to_part() returns setof foundation.kept_table
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select k.* from foundation.kept_table k
   where has_table_privilege(foundation.role_name('app'), format('record.%I', k.table_name), 'insert')
     and k.table_name not in ('person', 'told_apart', 'period_of_care', 'placement', 'legal_status');
end;

-- Keys of a table of the record to other rows of the record: its own person left out.
create function foundation.keys_of(in_table name) returns table (column_name name, to_table name)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select a.attname, r.relname
    from pg_constraint f
    join pg_class r on r.oid = f.confrelid and r.relnamespace = 'record'::regnamespace
    join pg_attribute a on a.attrelid = f.conrelid and f.conkey = array[a.attnum]
    join foundation.kept_table k on k.table_name = in_table
   where f.contype = 'f' and f.conrelid = format('record.%I', in_table)::regclass and a.attname <> k.subject;
end;

-- The two sides that a merge joined, were it undone: each with those merged into it otherwise.
create function record.sides_of(in_alias uuid, out goes uuid[], out keeps uuid[])
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with recursive link as (
    select a.id, a.person_id, a.same_as from record.person_alias a where (a.to_at is null or a.to_at > now()) and a.id <> in_alias
  ), reached as (
    select 'goes' as side, a.person_id as person from record.person_alias a where a.id = in_alias
    union
    select 'keeps', a.same_as from record.person_alias a where a.id = in_alias
    union
    select r.side, case when l.person_id = r.person then l.same_as else l.person_id end
      from reached r join link l on r.person in (l.person_id, l.same_as)
  )
  select array_agg(person) filter (where side = 'goes'), array_agg(person) filter (where side = 'keeps') from reached
$$;

create type record.since_merge as (
  fact_table name,
  fact_id uuid,
  -- The column that says whose it is; for a fact of a third person, the one that names one of the two.
  whose name,
  person_id uuid,
  -- 'made' since, or there before and 'changed' since.
  what text,
  field_group text,
  -- Set where nobody need be asked: it hangs on a fact that was there, or came from an import, which knew by number who it is.
  settled uuid,
  -- The fact since the merge that it hangs on, and goes with.
  under uuid,
  now_says jsonb,
  before_said jsonb
);

create function record.facts_since(in_alias uuid) returns setof record.since_merge
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a record.person_alias := (select x from record.person_alias x where x.id = in_alias);
  side record := record.sides_of(in_alias);
  as_one uuid[];
  kept foundation.kept_table;
  key record;
  found record.since_merge[] := '{}';
  one record.since_merge;
  held_by uuid;
  held_at timestamptz;
begin
  as_one := side.goes || side.keeps;
  for kept in select * from foundation.tables_to_part() t union all select k.* from foundation.kept_table k where k.table_name = 'person' loop
    for one in execute format($find$
        select %1$L::name, t.id, %2$L::name, t.%2$I, case when b.said is null then 'made' else 'changed' end, %3$s,
               case when t.import_run_id is not null and (b.said is null or b.said ->> 'import_run_id' is distinct from t.import_run_id::text) then t.%2$I end,
               null::uuid, to_jsonb(t), b.said
          from record.%1$I t
          left join lateral (
            select to_jsonb(h) - 'replaced_at' as said from history.%1$I h
             where h.id = t.id and h.recorded_at < $2 and h.replaced_at >= $2 order by h.replaced_at limit 1) as b on true
         where t.%2$I = any ($1) and t.recorded_at > $2
           and (%1$L <> 'person' or b.said is not null)
      $find$, kept.table_name, kept.subject, coalesce(quote_literal(kept.field_group), format('t.%I', kept.group_column)))
      using as_one, a.from_at loop
      found := found || one;
    end loop;
    -- What is said of other people, and names one of the two.
    for key in select k.column_name from foundation.keys_of(kept.table_name) k where k.to_table = 'person' loop
      for one in execute format($find$
          select %1$L::name, t.id, %2$L::name, t.%2$I, 'made', %3$s, case when t.import_run_id is not null then t.%2$I end, null::uuid, to_jsonb(t), null::jsonb
            from record.%1$I t
           where t.%2$I = any ($1) and t.recorded_at > $2 and t.%4$I <> all ($1)
             and not exists (select from history.%1$I h where h.id = t.id and h.recorded_at < $2 and h.%2$I = t.%2$I)
        $find$, kept.table_name, key.column_name, coalesce(quote_literal(kept.field_group), format('t.%I', kept.group_column)), kept.subject)
        using as_one, a.from_at loop
        found := found || one;
      end loop;
    end loop;
  end loop;

  foreach one in array found loop
    if one.what = 'made' and one.whose = (select k.subject from foundation.kept_table k where k.table_name = one.fact_table) then
      for key in select k.column_name, k.to_table from foundation.keys_of(one.fact_table) k where k.to_table <> 'person' loop
        continue when one.now_says ->> key.column_name is null;
        if exists (select from unnest(found) f where f.fact_id = (one.now_says ->> key.column_name)::uuid and f.what = 'made') then
          one.under := (one.now_says ->> key.column_name)::uuid;
        else
          execute format('select t.person_id, t.recorded_at from record.%I t where t.id = $1', key.to_table)
            into held_by, held_at using (one.now_says ->> key.column_name)::uuid;
          if held_by = any (as_one) then
            one.settled := held_by;
            one.under := null;
            exit;
          end if;
        end if;
      end loop;
      -- Said by an import, or under a number that only one of the two was known by.
      if one.under is not null then
        one.settled := null;
      elsif one.settled is null and one.person_id not in (a.person_id, record.leader_of(a.same_as)) then
        one.settled := one.person_id;
      end if;
    end if;
    return next one;
  end loop;
end $$;

-- For the page that undoes: what came in since; what it says, as far as the session has opened it. Nothing while the record
-- is not open.
create function access.facts_since_merge(in_alias uuid) returns setof record.since_merge
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a record.person_alias := (select x from record.person_alias x where x.id = in_alias and x.to_at is null);
  open_groups text[] := array(select o.field_group from access.open_pairs() o where o.person = a.person_id);
  one record.since_merge;
begin
  if cardinality(open_groups) = 0 then
    return;
  end if;
  for one in select * from record.facts_since(in_alias) loop
    -- Another's record is read from this end where it tells of a relationship, and else not.
    if one.field_group <> all (open_groups)
       or one.fact_table <> 'relationship' and one.whose <> (select k.subject from foundation.kept_table k where k.table_name = one.fact_table) then
      one.now_says := jsonb_build_object('recorded_at', one.now_says -> 'recorded_at', 'recorded_by', one.now_says -> 'recorded_by');
      one.before_said := null;
    end if;
    return next one;
  end loop;
end $$;

-- Puts one row and all that was ever known of it under another person.
create function foundation.move_fact(in_table name, in_id uuid, in_whose name, in_person uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('update record.%I set %I = $2 where id = $1 and %2$I <> $2', in_table, in_whose) using in_id, in_person;
  execute format('update history.%I set %I = $2 where id = $1', in_table, in_whose) using in_id, in_person;
  update importing.statement s set person_id = in_person where s.fact_id = in_id and in_whose = 'person_id';
end $$;

-- Undoes a merge. in_choices: by fact ('table:id:column') the person it belongs to; for what was there and was changed since,
-- 'stays' or 'before'. Every fact that asks must be answered.
create function access.undo_merge(in_secret text, in_alias uuid, in_choices jsonb, in_reason text, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  a record.person_alias;
  side record;
  leader uuid;
  as_one uuid[];
  since record.since_merge[];
  one record.since_merge;
  top record.since_merge;
  chosen text;
  kept foundation.kept_table;
  changed record;
  r record.restriction;
  added uuid;
begin
  if length(btrim(coalesce(in_reason, ''))) < 3 then
    raise exception 'Say why' using errcode = 'CA005';
  end if;
  outcome := 'refused';
  select x.* into a from record.person_alias x where x.id = in_alias for update;
  if a.id is null then
    why := 'not-found';
    return;
  end if;
  why := access.may_not_merge(s.account_id, a.person_id, true);
  if why is null and a.to_at is not null then
    why := 'over';
  end if;
  if why is null then
    side := record.sides_of(in_alias);
    as_one := side.goes || side.keeps;
    perform from record.person p where p.id = any (as_one) order by p.id for update;
    leader := record.leader_of(a.same_as);
    since := array(select row(f.*)::record.since_merge from record.facts_since(in_alias) f);
    foreach one in array since loop
      if one.settled is null and one.under is null then
        chosen := in_choices ->> (one.fact_table || ':' || one.fact_id || ':' || one.whose);
        if one.what = 'changed' and coalesce(chosen, '') not in ('stays', 'before')
           or one.what = 'made' and coalesce(chosen, '') not in (a.person_id::text, leader::text) then
          why := 'undecided';
        end if;
      end if;
    end loop;
  end if;
  if why is not null then
    perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', a.person_id, 'about', a.same_as, 'action', 'merge undone',
      'reason', in_reason, 'session', s.id, 'outcome', outcome, 'why', why)));
    return;
  end if;

  update record.person_alias x set to_at = now(), parted_by = s.account_id, parted_because = btrim(in_reason) where x.id = in_alias;

  begin
    -- In whatever order: what may not stand side by side is looked at when all is where it belongs.
    set constraints all deferred;
    -- What the merge changed, and nobody since, is again as it was; what it made for the leading record goes.
    for kept in select * from foundation.tables_to_part() t union all select k.* from foundation.kept_table k where k.table_name = 'person' loop
      for changed in execute format($find$
          select t.id, h.said from record.%1$I t
            join lateral (select to_jsonb(h) as said from history.%1$I h where h.id = t.id and h.recorded_at < $2 and h.replaced_at >= $2
                           order by h.replaced_at limit 1) h on true
           where t.%2$I = any ($1) and t.recorded_at = $2
        $find$, kept.table_name, kept.subject) using as_one, a.from_at loop
        perform foundation.put_values(kept.table_name, changed.id, foundation.said_columns(kept.table_name) || '{import_run_id,import_place}'::name[], changed.said);
      end loop;
      if kept.table_name = any (record.said_once()) then
        execute format('delete from record.%1$I t where t.person_id = $1 and t.recorded_at = $2
                           and not exists (select from history.%1$I h where h.id = t.id and h.recorded_at < $2)', kept.table_name)
          using a.same_as, a.from_at;
      end if;
    end loop;

    foreach one in array since loop
      if one.what = 'changed' then
        if in_choices ->> (one.fact_table || ':' || one.fact_id || ':' || one.whose) = 'before' then
          perform foundation.put_values(one.fact_table, one.fact_id, foundation.said_columns(one.fact_table) || '{import_run_id,import_place}'::name[], one.before_said);
          -- What it said meanwhile was not true of this one: it is read where the other stands, and not here.
          if one.fact_table <> 'person' then
            execute format('update history.%I set %I = $2 where id = $1 and recorded_at > $3', one.fact_table, one.whose)
              using one.fact_id, case when one.person_id = any (side.goes) then leader else a.person_id end, a.from_at;
          end if;
        end if;
        continue;
      end if;
      top := one;
      while top.under is not null loop
        select f.* into top from unnest(since) f where f.fact_id = top.under and f.what = 'made';
      end loop;
      chosen := coalesce(top.settled::text, in_choices ->> (top.fact_table || ':' || top.fact_id || ':' || top.whose));
      if one.person_id <> chosen::uuid then
        perform foundation.move_fact(one.fact_table, one.fact_id, one.whose, chosen::uuid);
      end if;
    end loop;
    if exists (select from unnest(since) f where f.fact_table = 'episode') then
      perform record.derive_care(as_one);
    end if;
    set constraints all immediate;
  exception when unique_violation or exclusion_violation then
    raise exception 'One of the two records has one like it already' using errcode = 'CA011';
  end;

  -- Restricted while they were one, both stay so until somebody lifts it.
  for r in select x.* from record.restriction x where x.person_id = any (as_one) and x.recorded_at > a.from_at and x.level > 0 and (x.to_at is null or x.to_at > now()) loop
    insert into record.restriction (person_id, level, sections, reason, from_at, review_on, to_at, set_by, confirmed_by, confirmed_at, recorded_by)
    values (case when r.person_id = any (side.goes) then leader else a.person_id end, r.level, r.sections, r.reason, r.from_at, r.review_on, r.to_at, r.set_by,
      r.confirmed_by, r.confirmed_at, s.account_id) returning id into added;
    insert into record.restriction_reader (person_id, restriction_id, account_id, from_at, to_at, named_by, recorded_by)
    select case when r.person_id = any (side.goes) then leader else a.person_id end, added, n.account_id, n.from_at, n.to_at, n.named_by, s.account_id
      from record.restriction_reader n where n.restriction_id = r.id;
  end loop;

  insert into record.told_apart (person_id, other_person_id, occasion, words, recorded_by)
  values (a.person_id, a.same_as, 'undoing', btrim(in_reason), s.account_id)
  on conflict (person_id, other_person_id) do update set occasion = excluded.occasion, words = excluded.words;
  perform access.close_openings(as_one);
  perform access.tell(array_remove(access.workers_of(as_one) || access.managers_over(as_one) || array[a.decided_by], s.account_id),
    'records-parted', a.person_id, s.account_id, in_alias);
  outcome := 'allowed';
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', a.person_id, 'about', a.same_as, 'action', 'merge undone',
    'reason', in_reason, 'session', s.id, 'outcome', outcome)));
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', a.same_as, 'about', a.person_id, 'action', 'merge undone',
    'reason', in_reason, 'session', s.id, 'outcome', outcome)));
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Lists: what was proposed to those who decide, and who of one's work may be somebody else too.

create function access.proposed_merges(in_secret text, out id uuid, out one uuid, out other uuid, out reason text, out proposed_by uuid, out proposed_at timestamptz,
    out mine boolean, out may_decide boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.id, p.person_id, p.other_person_id, p.reason, p.proposed_by, p.proposed_at, p.proposed_by = me.account_id,
         access.may_not_merge_both(me.account_id, p.person_id, p.other_person_id, true) is null
    from access.live_session(in_secret) me, record.merge_proposal p
   where me.id is not null and p.outcome is null
     and access.may_not_merge_both(me.account_id, p.person_id, p.other_person_id, false) is null
   order by p.proposed_at
$$;

-- Pairs of people who may be one: somebody of this account's work, or related to them, with anybody a search may find. A
-- search must be open. Why: 'number', 'name' (same words, same birth date), 'alike' (words that sound or look alike, same
-- birth date), 'day' (same words, a birth date with day and month swapped).
create function access.likely_duplicates(in_secret text, in_most integer, out one uuid, out other uuid, out why text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
  with me as materialized (
    select s.account_id from access.live_session(in_secret) s where s.id is not null and access.may_search()
  ), work as materialized (
    select unnest(access.caseload(me.account_id)) as id from me
  ), mine as materialized (
    select c.* from record.index_card c
     where c.same_as is null and c.restriction < 2
       and c.person_id in (select w.id from work w
                           union select r.other_person_id from record.relationship r join work w on w.id = r.person_id)
  ), pair as (
    select m.person_id as one, c.person_id as other,
           case when exists (select from record.person_identifier a join record.person_identifier b on b.kind = a.kind and b.value = a.value
                              where a.person_id = m.person_id and b.person_id = c.person_id and a.kind in ('nhs-number', 'upn', 'national-insurance')) then 'number' end as why
      from mine m join record.index_card c on c.identifiers && m.identifiers
     where c.person_id <> m.person_id
    union all
    select m.person_id, c.person_id,
           case when c.name_keys @> m.name_keys or m.name_keys @> c.name_keys then 'name'
                when foundation.names_alike(foundation.name_words(m.name), c.name_keys) then 'alike' end
      from mine m join record.index_card c on c.date_of_birth = m.date_of_birth
     where c.person_id <> m.person_id and cardinality(c.name_keys) > 1 and cardinality(m.name_keys) > 1
    union all
    select m.person_id, c.person_id, 'day'
      from mine m join record.index_card c
        on c.date_of_birth = case when extract(day from m.date_of_birth) <= 12 and extract(day from m.date_of_birth) <> extract(month from m.date_of_birth)
             then make_date(extract(year from m.date_of_birth)::integer, extract(day from m.date_of_birth)::integer, extract(month from m.date_of_birth)::integer) end
       and cardinality(m.name_keys) > 1 and c.name_keys @> m.name_keys
     where c.person_id <> m.person_id
  ), known as (
    select distinct on (least(p.one, p.other), greatest(p.one, p.other)) p.one, p.other, p.why
      from pair p join record.index_card c on c.person_id = p.other and c.restriction < 2 and c.same_as is null
     where p.why is not null
       and not exists (select from record.told_apart t where p.one in (t.person_id, t.other_person_id) and p.other in (t.person_id, t.other_person_id))
       and not exists (select from record.relationship r where p.one in (r.person_id, r.other_person_id) and p.other in (r.person_id, r.other_person_id))
     order by least(p.one, p.other), greatest(p.one, p.other), array_position('{number,name,day,alike}', p.why)
  )
  select k.one, k.other, k.why from known k order by array_position('{number,name,day,alike}', k.why), k.one limit in_most
$$;

-- Merges that stand or stood between people one has open.
create function access.may_undo(in_secret text, in_alias uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select a.to_at is null and access.may_not_merge(s.account_id, a.person_id, true) is null
            from access.live_session(in_secret) s, record.person_alias a where s.id is not null and a.id = in_alias);

revoke execute on all routines in schema foundation, record, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.propose_merge(text, uuid, uuid, text), access.tell_apart(text, uuid, uuid, text), access.merge_people(text, uuid, uuid, text[], text[], text), access.facts_since_merge(uuid), access.undo_merge(text, uuid, jsonb, text), access.proposed_merges(text), access.likely_duplicates(text, integer), access.may_undo(text, uuid)');
end $$;
