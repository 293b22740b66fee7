-- Warnings (practice 13.1): hazards with their evidence, owner and review; and a person who may pose a risk to children,
-- whose warning is read on the record of every child near them, whichever family it is of.

call ssd.take_down();
alter table record.hazard
  drop constraint hazard_kind_check,
  add constraint hazard_kind_check check (kind in ('person-at-address', 'animal', 'violence', 'weapons', 'visit-in-pairs', 'premises', 'infection',
    'self-harm', 'exploitation', 'allergy', 'address-not-to-be-told', 'contact-arrangement', 'other')),
  add at_address boolean not null default false,
  add evidence text,
  add owner_id uuid references access.account,
  add agreed_by text,
  add agreed_on date,
  add aware boolean,
  add aware_words text,
  add reviewed_on date,
  add end_words text,
  add origin foundation.origin,
  add origin_words text,
  add ask_first boolean not null default false check (ask_first or origin is distinct from 'police');
comment on column record.hazard.at_address is 'It is about the address: whoever lives there now carries it too.';
comment on column record.hazard.aware is 'Whether the person knows of the warning; aware_words: how they were told, or why not.';
call foundation.extend('record.hazard', $$
  at_address   | F24 | ordinary | with record | yes
  evidence     | F24 | ordinary | with record | yes
  owner_id     | F26 | ordinary | with record | yes
  agreed_by    | F26 | ordinary | with record | yes
  agreed_on    | F24 | ordinary | with record | yes
  aware        | F24 | ordinary | with record | yes
  aware_words  | F24 | ordinary | with record | yes
  reviewed_on  | F24 | ordinary | with record | yes
  end_words    | F24 | ordinary | with record | yes
  origin       | F24 | ordinary | with record | yes
  origin_words | F24 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first    | F24 | ordinary | with record | how the fact is handled
$$);
call ssd.put_up_again();
create index on record.hazard (owner_id) where owner_id is not null;

create table record.risk_posed (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  kind text not null check (kind in ('sexual-harm', 'physical-harm', 'domestic-abuse', 'emotional-harm', 'neglect', 'exploitation', 'abduction',
    'radicalisation', 'other')),
  called text not null check (called <> ''),
  words text not null check (words <> ''),
  owner_id uuid references access.account,
  agreed_by text,
  agreed_on date,
  aware boolean,
  aware_words text,
  from_day date not null default current_date,
  review_on date not null,
  reviewed_on date,
  to_day date check (to_day >= from_day),
  end_words text,
  origin foundation.origin,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  unique (person_id, natural_key)
);
create index on record.risk_posed (person_id);
create index on record.risk_posed (owner_id) where owner_id is not null;
comment on table record.risk_posed is 'This person may pose a risk to children: what those who work with children near them must know and do.';
comment on column record.risk_posed.called is 'What the warning calls them, so that it can be read from a child’s record without opening theirs.';
call foundation.keep('record.risk_posed', 'F24', $$
  kind         | F24 | criminal | R-RISK-01 | yes
  called       | F24 | ordinary | R-RISK-01 | yes
  words        | F24 | criminal | R-RISK-01 | yes
  owner_id     | F26 | ordinary | R-RISK-01 | yes
  agreed_by    | F26 | ordinary | R-RISK-01 | yes
  agreed_on    | F24 | ordinary | R-RISK-01 | yes
  aware        | F24 | ordinary | R-RISK-01 | yes
  aware_words  | F24 | ordinary | R-RISK-01 | yes
  from_day     | F24 | ordinary | R-RISK-01 | yes
  review_on    | F24 | ordinary | R-RISK-01 | yes
  reviewed_on  | F24 | ordinary | R-RISK-01 | yes
  to_day       | F24 | ordinary | R-RISK-01 | yes
  end_words    | F24 | criminal | R-RISK-01 | yes
  origin       | F24 | ordinary | R-RISK-01 | yes
  origin_words | F24 | ordinary | R-RISK-01 | about who told it; released as that person’s rules allow
  ask_first    | F24 | ordinary | R-RISK-01 | how the fact is handled
$$);

-- What it rests on. An allegation is shown with what became of it, and nothing is made of it (governance B.2, Article 10).
create table record.risk_evidence (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  risk_id uuid not null references record.risk_posed on delete cascade,
  status text not null check (status in ('concern', 'allegation', 'arrest', 'charge', 'acquittal', 'no-further-action', 'caution', 'conviction',
    'spent-conviction', 'finding-of-court', 'assessment', 'other')),
  words text not null check (words <> ''),
  said_on date,
  origin foundation.origin not null,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  unique (person_id, natural_key)
);
create index on record.risk_evidence (person_id);
create index on record.risk_evidence (risk_id);
call foundation.keep('record.risk_evidence', 'F19', $$
  risk_id      | F19 | ordinary | R-RISK-01 | says which warning it belongs to
  status       | F19 | criminal | R-RISK-01 | yes
  words        | F19 | criminal | R-RISK-01 | yes
  said_on      | F19 | criminal | R-RISK-01 | yes
  origin       | F19 | ordinary | R-RISK-01 | yes
  origin_words | F19 | ordinary | R-RISK-01 | about who told it; released as that person’s rules allow
  ask_first    | F19 | ordinary | R-RISK-01 | how the fact is handled
$$);

-- Which children are near: worked out by the database, one row for each child, so that it is read, told and ended there.
create table record.risk_link (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  risk_id uuid not null references record.risk_posed on delete cascade,
  via text not null check (via in ('relationship', 'household', 'contact')),
  from_day date not null default current_date,
  to_day date check (to_day >= from_day)
);
create index on record.risk_link (person_id);
create unique index on record.risk_link (risk_id, person_id) where to_day is null;
comment on table record.risk_link is 'This child is near somebody who may pose a risk. It copies nothing of the warning.';
call foundation.keep('record.risk_link', 'F24', $$
  risk_id  | F24 | ordinary | R-RISK-01 | about another person; released as that person’s rules allow
  via      | F24 | ordinary | R-RISK-01 | about another person; released as that person’s rules allow
  from_day | F24 | ordinary | R-RISK-01 | about another person; released as that person’s rules allow
  to_day   | F24 | ordinary | R-RISK-01 | about another person; released as that person’s rules allow
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.risk_link');
end $$;
call access.guard_keys_to_people();

call foundation.tells('record.risk_posed', 'from_day', 'risk-noted');
call foundation.tells('record.risk_posed', 'to_day', 'risk-ended');
call foundation.tells('record.risk_link', 'from_day', 'risk-linked');
call foundation.tells('record.risk_link', 'to_day', 'risk-unlinked');
insert into foundation.takes_back values ('risk_posed'), ('risk_evidence');

-- ---------------------------------------------------------------------------------------------------------
-- Who is near whom. All of it runs as the owner and answers with ids.

create index on record.address (postcode) where kind = 'home' and to_day is null;

create function record.same_home(in_people uuid[]) returns setof uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select other.person_id
    from record.address mine
    join record.address other on other.postcode = mine.postcode and other.kind = 'home' and other.to_day is null
     and (other.uprn = mine.uprn or lower(other.address_lines) = lower(mine.address_lines))
   where mine.person_id = any (in_people) and mine.kind = 'home' and mine.to_day is null
     and (other.from_day is null or other.from_day <= current_date) and (mine.from_day is null or mine.from_day <= current_date)
$$;

-- Everybody tied to these people today, whichever end told it.
create function record.ties_today(in_people uuid[], out person uuid, out other uuid, out kind text, out same_household boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.person_id, r.other_person_id, r.kind, coalesce(r.same_household, false) from record.relationship r
   where r.person_id = any (in_people) and (r.to_day is null or r.to_day > current_date)
  union all
  select r.other_person_id, r.person_id, case r.kind when 'child' then 'parent' when 'partner' then 'partner'
           when 'mother' then 'child' when 'father' then 'child' when 'parent' then 'child' else 'other' end,
         coalesce(r.same_household, false) from record.relationship r
   where r.other_person_id = any (in_people) and (r.to_day is null or r.to_day > current_date)
$$;

-- Children who are to see somebody, or must not; 0563 answers.
create function record.in_contact(in_people uuid[]) returns setof uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return null::uuid;

-- Children near somebody: who are related to them or to their partner as a child, who share a home with them.
-- (Contact that was agreed or forbidden: 0563.)
create function record.children_near(in_person uuid, out child uuid, out via text) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  self uuid[] := access.alias_set(in_person);
  tied uuid[];
  of_partner uuid[];
  home uuid[] := self;
  before integer := 0;
begin
  select coalesce(array_agg(t.other), '{}') into tied from record.ties_today(self) t;
  select coalesce(array_agg(c.other), '{}') into of_partner
    from record.ties_today(array(select t.other from record.ties_today(self) t where t.kind = 'partner')) c where c.kind = 'child';
  -- A home is whoever says they share it, and whoever shares it with those.
  for step in 1 .. 3 loop
    exit when cardinality(home) = before;
    before := cardinality(home);
    home := array(select unnest(home)
                  union select t.other from record.ties_today(home) t where t.same_household
                  union select s from record.same_home(home) s);
  end loop;
  return query
    select distinct on (near.id) near.id, near.how
      from (select unnest(tied || of_partner) as id, 'relationship' as how, 1 as rank
            union all select unnest(home), 'household', 2
            union all select c, 'contact', 3 from record.in_contact(self) c) near
      join record.person p on p.id = near.id and p.died_on is null
     where near.id <> all (self)
       and (p.date_of_birth is null and p.expected_date_of_birth is not null or p.date_of_birth > current_date - interval '18 years'
            or exists (select from access.works_with w where w.person_id = p.id and w.kind in ('allocated', 'personal-adviser')))
     order by near.id, near.rank;
end $$;

-- Whoever may pose a risk today and is not sealed away: of a sealed or unknown person no other record says anything (E.3).
create function record.risks_today() returns setof record.risk_posed
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.* from record.risk_posed r
   where r.from_day <= current_date and (r.to_day is null or r.to_day > current_date)
     and not exists (select from access.restricted x where x.person_id = any (access.alias_set(r.person_id)) and x.level >= 3)
$$;

-- Makes the links of these people’s warnings what they should be, and tells the workers of each child newly linked; where a child has
-- none, the managers. Nobody is told what they did themselves.
create function record.refresh_risk_links(in_people uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made record;
  me uuid := access.recorder();
  wanted jsonb := (select coalesce(jsonb_agg(jsonb_build_object('risk', r.id, 'child', n.child, 'via', n.via)), '[]')
                     from record.risks_today() r cross join lateral record.children_near(r.person_id) n where r.person_id = any (in_people));
begin
  update record.risk_link l set to_day = greatest(current_date, l.from_day), recorded_by = me
    from record.risk_posed r
   where r.id = l.risk_id and r.person_id = any (in_people) and l.to_day is null
     and not exists (select from jsonb_to_recordset(wanted) w (risk uuid, child uuid) where w.risk = l.risk_id and w.child = l.person_id);
  for made in
    insert into record.risk_link (person_id, risk_id, via, recorded_by)
    select w.child, w.risk, w.via, me from jsonb_to_recordset(wanted) w (risk uuid, child uuid, via text)
    on conflict (risk_id, person_id) where to_day is null do nothing
    returning id, person_id
  loop
    perform access.tell(array(select told from unnest(case when access.workers_of(access.alias_set(made.person_id)) = '{}'
                                                          then access.managers_over(access.alias_set(made.person_id))
                                                          else access.workers_of(access.alias_set(made.person_id)) end) as told
                               where told is distinct from me),
                        'risk-linked', made.person_id, me, made.id);
  end loop;
end $$;
comment on function record.refresh_risk_links is 'For people who may pose a risk: links to children near them are begun and ended, and workers told.';

-- Those who may pose, or posed, a risk within three ties of anybody touched.
create function record.risk_holders_near(in_people uuid[]) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  reached uuid[] := access.with_aliases(in_people);
begin
  if cardinality(in_people) > 2000 then
    return array(select distinct r.person_id from record.risk_posed r);
  end if;
  for step in 1 .. 3 loop
    reached := array(select unnest(reached) union select t.other from record.ties_today(reached) t union select s from record.same_home(reached) s
                     union select c from record.in_contact(reached) c where c is not null);
  end loop;
  return array(select distinct r.person_id from record.risk_posed r where r.person_id = any (reached));
end $$;

-- After a change of the table it stands on. Arguments: the columns that name people.
create function record.watch_risks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  touched uuid[];
begin
  if not exists (select from record.risk_posed r where r.to_day is null or r.to_day > current_date) then
    return null;
  end if;
  execute format('select array_agg(distinct p) from (%s) t cross join lateral unnest(array[%s]) p where p is not null',
    case tg_op when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows' else 'table old_rows union all table new_rows' end,
    (select string_agg(format('t.%I', column_name), ', ') from unnest(tg_argv) as column_name)) into touched;
  if touched is not null then
    perform record.refresh_risk_links(record.risk_holders_near(touched));
  end if;
  return null;
end $$;

create procedure record.risks_stand_on(record_table regclass, variadic columns text[])
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  arguments text := (select string_agg(quote_literal(c), ', ') from unnest(columns) as c);
begin
  execute format('create trigger risks_added after insert on %s referencing new table as new_rows for each statement execute function record.watch_risks(%s)', record_table, arguments);
  execute format('create trigger risks_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function record.watch_risks(%s)', record_table, arguments);
  execute format('create trigger risks_removed after delete on %s referencing old table as old_rows for each statement execute function record.watch_risks(%s)', record_table, arguments);
end $$;
comment on procedure record.risks_stand_on is 'risks_stand_on(''record.address'', ''person_id''): who is near whom is looked at again when such a row changes.';
call record.risks_stand_on('record.relationship', 'person_id', 'other_person_id');
call record.risks_stand_on('record.address', 'person_id');
call record.risks_stand_on('record.restriction', 'person_id');

create function record.link_risk() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform record.refresh_risk_links(array[new.person_id]);
  return null;
end $$;
create trigger link_risk after insert or update on record.risk_posed for each row execute function record.link_risk();

-- ---------------------------------------------------------------------------------------------------------
-- Reading a warning from a child’s record: the warning about somebody near (F24) and what it rests on (F19), while that
-- person is not restricted; and a hazard of an address from everybody who lives there.

-- Only of people this session has opened, whoever is asked about.
create function access.opened_of(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return case when access.run_is_open() then in_people
              else array(select unnest(in_people) intersect select unnest(access.open_ids('F24') || access.open_ids('F19'))) end;

create function access.risks_near(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct l.risk_id), '{}')
      from (select risk_id, person_id from record.risk_link
            union all select risk_id, person_id from history.risk_link) l
      join record.risk_posed r on r.id = l.risk_id
     where l.person_id = any (access.opened_of(in_people))
       and not exists (select from access.restricted x where x.person_id = any (access.alias_set(r.person_id)) and x.level >= 2));

create function access.hazards_at_home_of(in_people uuid[]) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct h.id), '{}')
            from record.hazard h
           where h.at_address and (h.to_day is null or h.to_day > current_date)
             and h.person_id in (select record.same_home(access.opened_of(in_people)))
             and not exists (select from access.restricted x where x.person_id = any (access.alias_set(h.person_id)) and x.level >= 3));

do $$
declare
  side text;
  app name := foundation.role_name('app');
  kind text;
begin
  foreach side in array array['record', 'history'] loop
    execute format('create policy app_reads_of_children_near on %s.risk_posed for select to %I using (id = any ((select access.risks_near((select access.open_ids(''F24''))))::uuid[]))', side, app);
    execute format('create policy app_reads_of_children_near on %s.risk_evidence for select to %I using (risk_id = any ((select access.risks_near((select access.open_ids(''F19''))))::uuid[]))', side, app);
    execute format('create policy app_reads_at_the_address on %s.hazard for select to %I using (id = any ((select access.hazards_at_home_of((select access.open_ids(''F24''))))::uuid[]))', side, app);
  end loop;
  revoke execute on all routines in schema access, record from public;
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function access.risks_near(uuid[]), access.hazards_at_home_of(uuid[])');
  end loop;
end $$;

-- Every warning that is true of these people on a day, the gravest first: for the bar above a record, and before a visit. With its caller’s
-- rights; `called` is null where somebody may not be known.
create function record.warnings_of(in_people uuid[], in_on date) returns jsonb
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(w) - 'rank' order by w.rank, w."from" desc), '[]') from (
      select 1 as rank, 'own-risk' as what, r.id, r.kind, r.called, r.words, r.from_day as "from", r.review_on as "reviewOn", null::text as via
        from risk_posed r
       where r.person_id = any (in_people) and r.from_day <= in_on and (r.to_day is null or r.to_day > in_on)
      union all
      select 2, 'risk', l.risk_id, r.kind, r.called, r.words, l.from_day, r.review_on, l.via
        from risk_link l left join risk_posed r on r.id = l.risk_id
       where l.person_id = any (in_people) and l.from_day <= in_on and (l.to_day is null or l.to_day > in_on)
      union all
      select 3, case when h.person_id = any (in_people) then 'hazard' else 'hazard-at-address' end, h.id, h.kind, null, h.words, h.from_day, h.review_on, null
        from hazard h
       where (h.person_id = any (in_people) or h.at_address and h.id = any (access.hazards_at_home_of(in_people)))
         and h.from_day <= in_on and (h.to_day is null or h.to_day > in_on)) w);
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Nightly: links that begin or end by the date alone, and warnings whose review is due: said to the owner and the managers,
-- once a month until they are looked at.

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''risk-linked''::text, ''warning-review-due''::text, '));
end $$;

create function access.watch_warnings() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  due record;
  told integer := 0;
begin
  perform record.refresh_risk_links(array(select distinct r.person_id from record.risk_posed r));
  for due in
    select w.id, w.person_id, w.owner_id from (
      select h.id, h.person_id, h.owner_id, h.review_on, h.to_day from record.hazard h
      union all select r.id, r.person_id, r.owner_id, r.review_on, r.to_day from record.risk_posed r) w
     where w.review_on <= current_date and (w.to_day is null or w.to_day > current_date)
  loop
    delete from access.notice n where n.kind = 'warning-review-due' and n.about_id = due.id and n.made_at < now() - interval '30 days';
    perform access.tell(due.owner_id || access.managers_over(access.alias_set(due.person_id)), 'warning-review-due', due.person_id, due.owner_id, due.id);
    told := told + 1;
  end loop;
  return told;
end $$;

revoke execute on all routines in schema access, record from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function record.warnings_of(uuid[], date)');
  end loop;
  call foundation.grant_to('jobs', 'execute on function access.watch_warnings()');
end $$;
