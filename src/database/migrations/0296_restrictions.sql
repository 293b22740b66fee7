-- Restricting a record (governance E.3): whoever works with a child may do it for a day at once, a manager makes it
-- last, and it is looked at again after 90 days at most. The row policies know nothing of it: access.decide does.

-- A manager of the child, who neither set it nor has a conflict of interest. A record not to be known is for the head
-- of service; a seal for the adoption team or the head of service.
create function access.may_restrict(in_account uuid, in_people uuid[], in_level smallint) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.is_active(in_account) and access.conflict_between(in_account, in_people) is null
     and case when in_level = 4 then access.roles_of(in_account) && '{A-SM}'::text[]
              when in_level = 3 then access.roles_of(in_account) && '{A-SM,A-ADO}'::text[]
              else access.roles_of(in_account) && '{A-SM}'::text[] or in_account = any (access.managers_over(in_people)) end;

-- Asks for a restriction: at once in force for a day where the record is open to whoever asks, else said to the
-- managers only. Whoever asks and the child's workers are on the list, so that nobody is locked out of their own work.
create function access.restrict(in_secret text, in_person uuid, in_level smallint, in_sections text[], in_reason text, in_readers uuid[] default '{}',
    out outcome text, out why text, out id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  d access.decision := access.decide(s.account_id, in_person, null, 'full', false, null);
  readers uuid[];
begin
  if length(btrim(coalesce(in_reason, ''))) < 3 then
    raise exception 'Say why' using errcode = 'CA005';
  end if;
  if in_level is null or in_level not between 1 and 4 then
    raise exception 'There is no such restriction' using errcode = 'CA005';
  end if;
  if d.outcome = 'refused' and d.why in ('not-found', 'restricted', 'own-record', 'relative', 'declared-connection') then
    outcome := 'refused';
    why := d.why;
  elsif in_level in (3, 4) and not access.may_restrict(s.account_id, d.people, in_level) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  else
    readers := array(select distinct reader from unnest(in_readers || case when in_level = 2 then s.account_id || access.workers_of(d.people) end) as reader
                      where reader is not null);
    if in_level >= 2 and cardinality(readers) > (select r.most_named from access.restriction_rule r where r.level = in_level) then
      outcome := 'refused';
      why := 'too-many-named';
    elsif d.outcome = 'refused' or d.level <> 'full' then
      outcome := 'asked';
    else
      outcome := 'allowed';
      insert into record.restriction (person_id, level, sections, reason, to_at, set_by, recorded_by)
      values (in_person, in_level, coalesce(in_sections, '{}'), btrim(in_reason), clock_timestamp() + interval '24 hours', s.account_id, s.account_id)
      returning record.restriction.id into id;
      insert into record.restriction_reader (person_id, restriction_id, account_id, named_by, recorded_by)
      select in_person, id, reader, s.account_id, s.account_id from unnest(case when in_level >= 2 then readers end) as reader;
    end if;
  end if;
  if outcome in ('allowed', 'asked') then
    perform access.tell(array_remove(access.managers_over(d.people) || case when in_level >= 3 then access.holders('A-SM') end, s.account_id),
      'restriction-asked', in_person, s.account_id, coalesce(id, in_person));
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'action', 'restriction asked',
    'restriction', in_level, 'reason', in_reason, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- Makes a restriction last, or says at its review that it stays.
create function access.confirm_restriction(in_secret text, in_id uuid, in_review_on date, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  r record.restriction := (select x from record.restriction x where x.id = in_id);
begin
  if r.set_by = s.account_id then
    outcome := 'refused';
    why := 'yourself';
  elsif r.id is null or not access.may_restrict(s.account_id, access.alias_set(r.person_id), r.level) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  elsif r.to_at <= clock_timestamp() then
    outcome := 'refused';
    why := 'over';
  elsif r.level <> 3 and (in_review_on is null or in_review_on not between current_date + 1 and current_date + 90) then
    outcome := 'refused';
    why := 'too-long';
  else
    update record.restriction x set to_at = null, review_on = in_review_on, confirmed_by = s.account_id, confirmed_at = clock_timestamp()
     where x.id = in_id;
    perform access.tell(array[r.set_by], 'restriction-confirmed', r.person_id, s.account_id, r.id);
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', r.person_id, 'action', 'restriction confirmed',
    'restriction', r.level, 'until', in_review_on, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- Names somebody to the list, or (in_named false) takes them off it. Nobody names themselves.
create function access.name_reader(in_secret text, in_restriction uuid, in_account uuid, in_named boolean, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  r record.restriction := (select x from record.restriction x where x.id = in_restriction for update);
begin
  if in_account = s.account_id and in_named then
    outcome := 'refused';
    why := 'yourself';
  elsif r.id is null or r.level < 2 or not access.may_restrict(s.account_id, access.alias_set(r.person_id), r.level) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  elsif in_named and (select count(*) from record.restriction_reader n
                       where n.restriction_id = in_restriction and n.account_id <> in_account and (n.to_at is null or n.to_at > now()))
                     >= (select k.most_named from access.restriction_rule k where k.level = r.level) then
    outcome := 'refused';
    why := 'too-many-named';
  else
    update record.restriction_reader n set to_at = clock_timestamp()
     where n.restriction_id = in_restriction and n.account_id = in_account and (n.to_at is null or n.to_at > clock_timestamp());
    if in_named then
      insert into record.restriction_reader (person_id, restriction_id, account_id, from_at, named_by, recorded_by)
      values (r.person_id, in_restriction, in_account, clock_timestamp(), s.account_id, s.account_id);
    end if;
    perform access.close_openings(access.alias_set(r.person_id));
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', r.person_id, 'about', in_account,
    'action', case when in_named then 'named for a restricted record' else 'no longer named for a restricted record' end,
    'restriction', r.level, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

create function access.lift_restriction(in_secret text, in_id uuid, in_words text, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  r record.restriction := (select x from record.restriction x where x.id = in_id);
begin
  if r.id is null or not access.may_restrict(s.account_id, access.alias_set(r.person_id), r.level) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  elsif length(btrim(coalesce(in_words, ''))) < 20 then
    raise exception 'Say in at least 20 characters why' using errcode = 'CA005';
  else
    update record.restriction x set to_at = clock_timestamp(), lifted_by = s.account_id
     where x.id = in_id and (x.to_at is null or x.to_at > clock_timestamp());
    outcome := case when found then 'allowed' else 'refused' end;
    why := case when not found then 'over' end;
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', r.person_id, 'action', 'restriction lifted',
    'restriction', r.level, 'reason', in_words, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- What was opened before a record was restricted is over with it.
create function access.close_openings(in_people uuid[]) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.opening set expires_at = clock_timestamp() where people && in_people and expires_at > clock_timestamp()
$$;

create function access.close_on_restriction() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform access.close_openings(access.alias_set(new.person_id));
  return null;
end $$;
create trigger close_openings after insert or update on record.restriction for each row when (new.level > 0)
  execute function access.close_on_restriction();

-- Nightly: a day's restriction that nobody made last, and those to look at again.
create function access.watch_restrictions() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r record.restriction;
  told integer := 0;
begin
  for r in select x.* from record.restriction x
            where x.confirmed_at is null and x.lifted_by is null and x.to_at between now() - interval '3 days' and now() loop
    perform access.tell(r.set_by || access.managers_over(access.alias_set(r.person_id)), 'restriction-lapsed', r.person_id, r.set_by, r.id);
    told := told + 1;
  end loop;
  for r in select x.* from record.restriction x where x.to_at is null and x.review_on <= current_date + 7 loop
    -- Once for each review.
    delete from access.notice n where n.kind = 'restriction-review-due' and n.about_id = r.id and n.made_at < now() - interval '30 days';
    perform access.tell(r.confirmed_by || access.managers_over(access.alias_set(r.person_id)), 'restriction-review-due', r.person_id, r.confirmed_by, r.id);
    told := told + 1;
  end loop;
  return told;
end $$;

-- For pages: restrictions in force that this account may confirm, review or lift.
create function access.restrictions_to_decide(in_secret text, out id uuid, out person_id uuid, out level smallint, out reason text, out set_by uuid,
    out from_at timestamptz, out to_at timestamptz, out review_on date, out confirmed_by uuid, out named uuid[], out mine boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.id, r.person_id, r.level, r.reason, r.set_by, r.from_at, r.to_at, r.review_on, r.confirmed_by,
         array(select n.account_id from record.restriction_reader n where n.restriction_id = r.id and (n.to_at is null or n.to_at > now())),
         r.set_by = me.account_id
    from access.live_session(in_secret) me, record.restriction r
   where me.id is not null and r.level > 0 and (r.to_at is null or r.to_at > now())
     and access.may_restrict(me.account_id, access.alias_set(r.person_id), r.level)
   order by r.confirmed_at is not null, coalesce(r.review_on, r.to_at::date)
$$;

-- Restricted, and still to be matched: whether somebody whom a search may not show fits what was asked. Said only to
-- roles that must match (the front door), in a search that is open, and for a question that means one person: a number
-- of theirs, a name with a birth date, two names. Who it is, it does not say.
create function access.restricted_may_match(in_day date, in_numbers text[], in_words text[]) returns boolean
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return access.may_search() and exists (
    select from record.index_card c
      join access.restriction_rule r on r.level = c.restriction
      join access.session_now s on r.hint_roles && access.roles_of(s.account_id)
     where (c.identifiers && in_numbers or cardinality(in_words) + (in_day is not null)::integer >= 2)
       and (in_day is null or in_day in (c.date_of_birth, c.expected_date_of_birth))
       and c.name_keys @> in_words
       and not exists (select from unnest(in_numbers) as number where not number = any (c.identifiers || c.postcodes))
       and not c.person_id = any (access.listed_ids()));

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.restricted_may_match(date, text[], text[]), access.restrict(text, uuid, smallint, text[], text, uuid[]), access.confirm_restriction(text, uuid, date), access.name_reader(text, uuid, uuid, boolean), access.lift_restriction(text, uuid, text), access.restrictions_to_decide(text)');
  call foundation.grant_to('jobs', 'execute on function access.watch_restrictions()');
end $$;
