-- A calendar of one's own work for a calendar program, which signs in with nothing but a long secret in the address. So it says no more than a
-- reference and initials, leaves out whoever is restricted, is made and ended by its owner, and each reading is on the trail.

create function record.initials(in_name text) returns text
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return (select coalesce(string_agg(upper(substring(word from '[[:alpha:]]')) || '.', ' ' order by place), '')
            from regexp_split_to_table(coalesce(in_name, ''), '[\s-]+') with ordinality as words (word, place) where word ~ '[[:alpha:]]');
comment on function record.initials is '‘Rowan Thwaite’ as ‘R. T.’: for what leaves the service’s own pages, beside the reference.';

create table access.calendar_feed (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  made_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  last_read_at timestamptz
);
create unique index calendar_feed_one on access.calendar_feed (account_id) where ended_at is null;

-- A new one ends the one before.
create function access.make_calendar_feed(in_hash bytea) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
begin
  if me is null then
    raise exception 'There is no open session' using errcode = 'CA001';
  end if;
  update access.calendar_feed set ended_at = clock_timestamp() where account_id = me and ended_at is null;
  insert into access.calendar_feed (account_id, secret_hash) values (me, in_hash);
  perform audit.write(jsonb_build_object('actor', me, 'action', 'calendar feed made', 'session', (select s.id from access.session_now s), 'outcome', 'done'));
end $$;

create function access.end_calendar_feed() returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
begin
  update access.calendar_feed set ended_at = clock_timestamp() where account_id = me and ended_at is null;
  if not found then
    return false;
  end if;
  perform audit.write(jsonb_build_object('actor', me, 'action', 'calendar feed ended', 'session', (select s.id from access.session_now s), 'outcome', 'done'));
  return true;
end $$;

create function access.my_calendar_feed(out made_at timestamptz, out last_read_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select f.made_at, f.last_read_at from access.calendar_feed f where f.account_id = access.recorder() and f.ended_at is null
$$;

-- What a feed's secret shows: what is due for the children its owner works with, what is late under today, as far as the owner's role reaches for each;
-- duty, supervision, cover.
-- One row that says 'none', and no word of why, for a secret that opens nothing.
create function access.read_calendar_feed(in_hash bytea, in_client text)
  returns table (source text, id uuid, clock text, reference text, initials text, on_day date, until_day date, from_at timestamptz, until_at timestamptz, words text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  f access.calendar_feed := (select x from access.calendar_feed x where x.secret_hash = in_hash and x.ended_at is null);
  people uuid[];
begin
  if f.id is null or not access.is_active(f.account_id) then
    return query select 'none', null::uuid, null::text, null::text, null::text, null::date, null::date, null::timestamptz, null::timestamptz, null::text;
    return;
  end if;
  update access.calendar_feed x set last_read_at = clock_timestamp() where x.id = f.id;
  people := array(select distinct w.person_id from access.works_with w
                   where w.account_id = f.account_id and w.person_id = any (access.caseload(f.account_id))
                     and not exists (select from access.restricted r where r.person_id = any (access.alias_set(w.person_id)) and r.level >= 2));
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', f.account_id, 'level', 'index', 'action', 'calendar feed', 'shown', to_jsonb(people),
    'resultCount', cardinality(people), 'client', in_client, 'outcome', 'shown')));
  return query
    with reach as (
      select one as person, array(select distinct grp from access.role_reach rr cross join unnest(rr.groups) as grp
                                   where rr.role = any (access.roles_of(f.account_id)) and rr.rule = any (access.rules_for(f.account_id, access.alias_set(one)))
                                     and not rr.needs_reason and rr.from_day <= current_date and (rr.to_day is null or rr.to_day >= current_date)) as groups
        from unnest(people) as one
    )
    select 'due', d.id, d.clock, c.reference, record.initials(c.name), greatest(d.due_on, current_date), greatest(d.due_on, current_date),
           case when d.due_on >= current_date then d.due_at end, case when d.due_on >= current_date then d.due_at end, case when d.due_on < current_date then 'late' end
      from reach join record.due d on d.person_id = reach.person and d.field_group = any (reach.groups)
      join record.index_card c on c.person_id = reach.person
     where d.state = 'open' and d.due_on <= current_date + 92
    union all
    select 'duty', d.id, null, null, null, null, null, lower(d.during), upper(d.during), t.name
      from access.duty d join access.team t on t.id = d.team_id
     where d.account_id = f.account_id and d.during && tstzrange(now() - interval '7 days', now() + interval '92 days')
    union all
    select 'supervision', s.id, null, null, null, s.next_on, s.next_on, null, null, a.display_name
      from team.supervision s join access.account a on a.id = s.supervisor_id
     where s.account_id = f.account_id and s.next_on >= current_date
    union all
    select 'cover', c.id, null, null, null, c.from_day, c.to_day, null, null, a.display_name
      from access.cover c join access.account a on a.id = c.for_account_id
     where c.account_id = f.account_id and c.to_day >= current_date;
end $$;

revoke execute on all routines in schema access, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.initials(text), access.make_calendar_feed(bytea), access.end_calendar_feed(), access.my_calendar_feed(), access.read_calendar_feed(bytea, text)');
end $$;
