-- What is out of the ordinary: emergency access and its review, conflicts of interest, ties made by hand, restrictions.
-- Nobody decides about themselves (governance 0.1 rules 14 and 15, T13, T14): the constraints here say it once more.

create table access.break_glass (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  person_id uuid not null,
  reason text not null check (reason in ('immediate-safety', 'statutory-enquiry', 'out-of-hours', 'court-deadline', 'other')),
  words text not null check (length(btrim(words)) >= 20),
  opened_at timestamptz not null default clock_timestamp(),
  until_at timestamptz not null check (until_at > opened_at and until_at <= opened_at + interval '24 hours 1 second'),
  ended_at timestamptz,
  writing_since timestamptz,
  writing_words text check (length(btrim(writing_words)) >= 20),
  review_due date not null,
  reviewed_at timestamptz,
  reviewed_by uuid references access.account,
  outcome text check (outcome in ('justified', 'learning', 'escalate')),
  review_words text,
  escalated_at timestamptz,
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (outcome is null)),
  check (reviewed_by <> account_id),
  check (writing_since is null or writing_words is not null)
);
create index on access.break_glass (account_id, person_id);
create index on access.break_glass (person_id);
create index break_glass_unreviewed on access.break_glass (review_due) where reviewed_at is null;

create table access.notice (
  id uuid primary key default uuidv7(),
  to_account_id uuid not null references access.account,
  kind text not null check (kind in ('emergency-access', 'emergency-access-unreviewed', 'emergency-access-reviewed', 'emergency-access-escalated', 'connection-declared', 'restriction-asked', 'restriction-confirmed', 'restriction-lapsed', 'restriction-review-due')),
  person_id uuid,
  about_account_id uuid references access.account,
  about_id uuid,
  made_at timestamptz not null default clock_timestamp(),
  read_at timestamptz
);
create index on access.notice (to_account_id, made_at);
create unique index notice_once on access.notice (to_account_id, kind, about_id);
comment on table access.notice is 'Said to one worker, at once. It names a person by id only: reading more is an opening like any other.';

create function access.holders(in_role text) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select coalesce(array_agg(distinct r.account_id), '{}') from access.account_role r
           where r.role = in_role and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)
             and access.is_active(r.account_id));

-- Whoever manages an account: named supervisors, and the managers of its teams and those above.
create function access.managers_of(in_account uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct upper_id), '{}')
      from (
        select unnest(access.supervisors_of(in_account)) as upper_id
        union
        select m.account_id from access.membership m
          join access.account_role r on r.account_id = m.account_id and r.role in ('A-TM', 'A-SM')
           and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)
         where m.team_id = any (access.team_and_above(access.teams_of(in_account)))
           and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
      ) as uppers
     where upper_id <> in_account and access.is_active(upper_id));

create function access.tell(in_accounts uuid[], in_kind text, in_person uuid, in_about_account uuid, in_about uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into access.notice (to_account_id, kind, person_id, about_account_id, about_id)
  select distinct told, in_kind, in_person, in_about_account, in_about from unnest(in_accounts) as told where told is not null
  on conflict (to_account_id, kind, about_id) do nothing
$$;

create function access.require_proof(in_session access.session) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(in_session.reauthenticated_at, '-infinity') < clock_timestamp() - make_interval(mins => (select r.reauthentication_minutes from access.setting r)) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Emergency access (governance E.4).

create function access.break_glass(in_secret text, in_person uuid, in_reason text, in_words text, in_hours numeric,
    in_review_due date, in_client text default null, in_correlation text default null,
    out outcome text, out why text, out id uuid, out until_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  d access.decision;
  told uuid[];
begin
  perform access.require_proof(s);
  if length(btrim(coalesce(in_words, ''))) < 20 then
    raise exception 'Say in at least 20 characters why' using errcode = 'CA005';
  end if;
  if in_hours is null or in_hours <= 0 or in_hours > 24 then
    raise exception 'Emergency access is for 24 hours at most' using errcode = 'CA005';
  end if;
  if in_review_due is null or in_review_due not between current_date and current_date + 11 then
    raise exception 'A review is due within two working days' using errcode = 'CA005';
  end if;
  d := access.decide(s.account_id, in_person, null, 'full', false, null);
  if not d.may_ask then
    outcome := 'refused';
    why := coalesce(d.why, 'not-needed');
  else
    outcome := 'allowed';
    -- A session is a shift: emergency access does not outlast it.
    until_at := least(clock_timestamp() + make_interval(secs => in_hours * 3600), s.expires_at);
    insert into access.break_glass (account_id, person_id, reason, words, until_at, review_due)
    values (s.account_id, in_person, in_reason, btrim(in_words), until_at, in_review_due)
    returning access.break_glass.id into id;
    told := array_remove(access.workers_of(d.people) || access.managers_over(d.people), s.account_id);
    if cardinality(told) = 0 then
      told := access.managers_of(s.account_id);
    end if;
    if cardinality(told) = 0 then
      told := array_remove(access.holders('A-SM') || access.holders('A-CG') || access.holders('A-DPO'), s.account_id);
    end if;
    perform access.tell(told, 'emergency-access', in_person, s.account_id, id);
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object(
    'actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'subject', in_person, 'action', 'emergency access',
    'purpose', in_reason, 'reason', in_words, 'breakGlass', id, 'restriction', nullif(d.restriction, 0), 'client', in_client,
    'session', s.id, 'correlation', in_correlation, 'outcome', outcome, 'why', case when outcome = 'refused' then d.truth end)));
end $$;

-- It begins with reading. Writing is one more step, with words of its own.
create function access.break_glass_to_write(in_secret text, in_id uuid, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  b access.break_glass;
begin
  perform access.require_proof(s);
  if length(btrim(coalesce(in_words, ''))) < 20 then
    raise exception 'Say in at least 20 characters why' using errcode = 'CA005';
  end if;
  update access.break_glass set writing_since = clock_timestamp(), writing_words = btrim(in_words)
   where id = in_id and account_id = s.account_id and ended_at is null and until_at > clock_timestamp() and writing_since is null
  returning * into b;
  if b.id is null then
    return false;
  end if;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'subject', b.person_id, 'action', 'emergency access to write',
    'reason', in_words, 'breakGlass', b.id, 'session', s.id, 'outcome', 'allowed'));
  return true;
end $$;

create function access.end_break_glass(in_secret text, in_id uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  ended boolean;
begin
  update access.break_glass set ended_at = clock_timestamp() where id = in_id and account_id = s.account_id and ended_at is null;
  ended := found;
  if ended then
    update access.opening set expires_at = clock_timestamp()
     where session_id = s.id and rule = 'break-glass' and expires_at > clock_timestamp();
    perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'emergency access ended', 'breakGlass', in_id, 'session', s.id, 'outcome', 'done'));
  end if;
  return ended;
end $$;

-- May this account review that emergency access: a manager, not the user, nor anyone below the user.
create function access.may_review(in_account uuid, in_break_glass uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (
    select from access.break_glass b
     where b.id = in_break_glass and b.account_id <> in_account
       and access.roles_of(in_account) && '{A-TM,A-SM,A-CG,A-DPO}'::text[] and access.is_active(in_account)
       and not access.stands_above(b.account_id, in_account)
       and access.conflict_between(in_account, access.alias_set(b.person_id)) is null
       and (access.stands_above(in_account, b.account_id)
            or in_account = any (access.managers_over(access.alias_set(b.person_id)))
            or access.roles_of(in_account) && '{A-SM,A-CG,A-DPO}'::text[]));

create function access.review_break_glass(in_secret text, in_id uuid, in_outcome text, in_words text, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  s access.session := access.require_session(in_secret);
  b access.break_glass;
begin
  if not access.may_review(s.account_id, in_id) then
    outcome := 'refused';
    why := 'not-independent';
  else
    update access.break_glass t set reviewed_at = clock_timestamp(), reviewed_by = s.account_id, outcome = in_outcome, review_words = in_words
     where t.id = in_id and t.reviewed_at is null returning * into b;
    outcome := case when b.id is null then 'refused' else 'allowed' end;
    why := case when b.id is null then 'already-reviewed' end;
    if b.id is not null then
      perform access.tell(array[b.account_id], 'emergency-access-reviewed', b.person_id, s.account_id, b.id);
      if in_outcome = 'escalate' then
        perform access.tell(array_remove(access.holders('A-CG') || access.holders('A-DPO') || access.holders('A-SM'), b.account_id),
          'emergency-access-escalated', b.person_id, b.account_id, b.id);
      end if;
    end if;
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', b.person_id, 'action', 'emergency access reviewed',
    'breakGlass', in_id, 'reason', in_words, 'result', in_outcome, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- Emergency access for pages: one's own, and what one may review.
create function access.my_break_glass(in_secret text, out id uuid, out account_id uuid, out person_id uuid, out reason text, out words text,
    out opened_at timestamptz, out until_at timestamptz, out open boolean, out writing boolean, out review_due date, out reviewed_at timestamptz,
    out reviewed_by uuid, out outcome text, out review_words text, out mine boolean, out may_review boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select b.id, b.account_id, b.person_id, b.reason, b.words, b.opened_at, b.until_at,
         b.ended_at is null and b.until_at > clock_timestamp(), b.writing_since is not null,
         b.review_due, b.reviewed_at, b.reviewed_by, b.outcome, b.review_words, b.account_id = me.account_id,
         b.reviewed_at is null and access.may_review(me.account_id, b.id)
    from access.live_session(in_secret) me, access.break_glass b
   where me.id is not null and (b.account_id = me.account_id or access.may_review(me.account_id, b.id))
     and (b.reviewed_at is null or b.reviewed_at > clock_timestamp() - interval '30 days')
   order by b.opened_at desc
$$;

-- Nightly: what nobody reviewed in time goes up.
create function access.escalate_reviews() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  b access.break_glass;
  raised integer := 0;
begin
  for b in update access.break_glass set escalated_at = clock_timestamp()
            where reviewed_at is null and escalated_at is null and review_due < current_date returning * loop
    perform access.tell(array_remove(access.holders('A-SM') || access.holders('A-CG') || access.holders('A-DPO'), b.account_id),
      'emergency-access-unreviewed', b.person_id, b.account_id, b.id);
    perform audit.write(jsonb_build_object('subject', b.person_id, 'about', b.account_id, 'action', 'emergency access escalated',
      'breakGlass', b.id, 'outcome', 'done'));
    raised := raised + 1;
  end loop;
  return raised;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- ‘I know this family.’

create function access.declare_connection(in_secret text, in_person uuid, in_kind text, in_words text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
  family uuid[];
begin
  insert into access.connection (account_id, person_id, kind, words) values (s.account_id, in_person, in_kind, in_words) returning id into made;
  family := access.alias_set(in_person) || access.relatives(access.alias_set(in_person));
  update access.opening o set expires_at = clock_timestamp()
    from access.session mine
   where mine.account_id = s.account_id and o.session_id = mine.id and o.people && (family || in_person) and o.expires_at > clock_timestamp();
  update access.break_glass set ended_at = clock_timestamp()
   where account_id = s.account_id and person_id = any (family || in_person) and ended_at is null;
  perform access.tell(access.managers_of(s.account_id), 'connection-declared', in_person, s.account_id, made);
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'action', 'connection declared',
    'reason', in_words, 'kind', in_kind, 'session', s.id, 'outcome', 'done')));
  return made;
end $$;

create function access.decide_conflict(in_secret text, in_account uuid, in_person uuid, in_outcome text, in_words text, in_until date,
    out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if s.account_id = in_account then
    outcome := 'refused';
    why := 'yourself';
  elsif not (access.is_active(s.account_id) and not access.stands_above(in_account, s.account_id)
       and (access.stands_above(s.account_id, in_account) or access.roles_of(s.account_id) && '{A-SM,A-DPO,A-CG}'::text[])) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  else
    insert into access.conflict_decision (account_id, person_id, decided_by, outcome, words, until_day)
    values (in_account, in_person, s.account_id, in_outcome, in_words, in_until);
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'about', in_account,
    'action', 'conflict decided', 'result', in_outcome, 'reason', in_words, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- Declarations a manager has to answer.
create function access.connections_to_decide(in_secret text, out id uuid, out account_id uuid, out person_id uuid, out kind text,
    out words text, out declared_at timestamptz, out decided text) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.id, c.account_id, c.person_id, c.kind, c.words, c.declared_at,
         (select x.outcome from access.conflict_decision x where x.account_id = c.account_id and x.person_id = c.person_id
           order by x.decided_at desc limit 1)
    from access.live_session(in_secret) me, access.connection c
   where me.id is not null and c.ended_at is null and c.account_id <> me.account_id
     and (access.stands_above(me.account_id, c.account_id) or access.roles_of(me.account_id) && '{A-SM,A-DPO,A-CG}'::text[])
     and not access.stands_above(c.account_id, me.account_id)
   order by c.declared_at desc
$$;

-- ---------------------------------------------------------------------------------------------------------
-- Ties made by hand, and cover.

create function access.make_tie(in_secret text, in_account uuid, in_person uuid, in_kind text, in_from date, in_to date, in_why text,
    out outcome text, out why text, out id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  roles text[] := access.roles_of(s.account_id);
  d access.decision;
  longest integer := case in_kind when 'joint-visit' then 14 when 'meeting' then 28 when 'panel' then 14 when 'sampled-audit' then 30
    when 'rights-request' then 92 when 'inspection' then 30 else 366 end;
  may boolean;
begin
  -- Who may tie whom: the child's own worker names visitors and attenders; the others are an office's to give.
  if in_kind in ('joint-visit', 'meeting', 'panel', 'matter', 'shared-view') then
    d := access.decide(s.account_id, in_person, null, 'full', true, null);
    may := d.outcome = 'allowed' and d.rule in ('allocated', 'advising', 'adoption', 'supervising-line', 'team', 'named', 'cover', 'duty', 'co-working') and d.break_glass is null;
  elsif in_kind = 'sampled-audit' then
    may := roles && '{A-SM,A-DPO,A-CG}'::text[];
  elsif in_kind = 'rights-request' then
    may := roles && '{A-DPO,A-IG}'::text[];
  else
    may := roles && '{A-SM}'::text[];
  end if;
  if not coalesce(may, false) or in_account = s.account_id or not access.is_active(s.account_id) then
    outcome := 'refused';
    why := case when in_account = s.account_id then 'yourself' else 'not-yours-to-decide' end;
  elsif in_to > in_from + longest or in_to < in_from then
    outcome := 'refused';
    why := 'too-long';
  else
    insert into access.tie (account_id, person_id, kind, from_day, to_day, why, made_by)
    values (in_account, in_person, in_kind, in_from, in_to, in_why, s.account_id)
    returning access.tie.id into id;
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'about', in_account,
    'action', 'tie made', 'kind', in_kind, 'until', in_to, 'reason', in_why, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

-- By whoever made it, or stands above them.
create function access.end_tie(in_secret text, in_tie uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  t access.tie;
begin
  update access.tie x set ended_at = clock_timestamp()
   where x.id = in_tie and x.ended_at is null and (x.made_by = s.account_id or access.stands_above(s.account_id, x.made_by))
  returning * into t;
  if t.id is null then
    return false;
  end if;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'subject', t.person_id, 'about', t.account_id,
    'action', 'tie ended', 'kind', t.kind, 'session', s.id, 'outcome', 'done'));
  return true;
end $$;

create function access.make_cover(in_secret text, in_for uuid, in_account uuid, in_from date, in_to date, out outcome text, out why text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if in_account = s.account_id then
    outcome := 'refused';
    why := 'yourself';
  elsif not (s.account_id = in_for or access.stands_above(s.account_id, in_for)) or in_to > in_from + 92 or in_to < in_from
        or not access.is_active(s.account_id) then
    outcome := 'refused';
    why := 'not-yours-to-decide';
  else
    insert into access.cover (for_account_id, account_id, from_day, to_day, agreed_by) values (in_for, in_account, in_from, in_to, s.account_id);
    outcome := 'allowed';
  end if;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'about', in_account, 'for', in_for, 'action', 'cover made',
    'until', in_to, 'session', s.id, 'outcome', outcome, 'why', why)));
end $$;

create function access.my_notices(in_secret text, out id uuid, out kind text, out person_id uuid, out about_account_id uuid, out about_id uuid,
    out made_at timestamptz, out read_at timestamptz) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select n.id, n.kind, n.person_id, n.about_account_id, n.about_id, n.made_at, n.read_at
    from access.live_session(in_secret) me, access.notice n
   where n.to_account_id = me.account_id and (n.read_at is null or n.read_at > clock_timestamp() - interval '14 days')
   order by n.made_at desc limit 100
$$;

create function access.read_notice(in_secret text, in_id uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.notice set read_at = coalesce(read_at, clock_timestamp())
   where id = in_id and to_account_id = (access.live_session(in_secret)).account_id
$$;

revoke execute on all routines in schema access, audit from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.break_glass(text, uuid, text, text, numeric, date, text, text), access.break_glass_to_write(text, uuid, text), access.end_break_glass(text, uuid), access.review_break_glass(text, uuid, text, text), access.my_break_glass(text), access.declare_connection(text, uuid, text, text), access.decide_conflict(text, uuid, uuid, text, text, date), access.connections_to_decide(text), access.make_tie(text, uuid, uuid, text, date, date, text), access.end_tie(text, uuid), access.make_cover(text, uuid, uuid, date, date), access.my_notices(text), access.read_notice(text, uuid)');
  call foundation.grant_to('jobs', 'execute on function access.escalate_reviews()');
end $$;
