-- For you: what happened on one's children and what was asked of one, told inside the service. Derived, not written: an event of a kind
-- that somebody hears of (src/events/kinds.ts, brought here at each migration) tells them in the transaction that made it. What an
-- import brings tells nobody.

create table foundation.hearing (
  kind text not null,
  hearer text not null check (hearer in ('allocated-worker', 'team-manager', 'reviewing-officer', 'conference-chair')),
  primary key (kind, hearer)
);
comment on table foundation.hearing is 'Who hears of which kind of event: src/events/kinds.ts, written by src/events/hearing.ts.';

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s', regexp_replace(says, 'ARRAY\[', 'ARRAY[''happened''::text, '));
end $$;

-- Who is told of an event of a kind about these people: whoever stands in that place, and covers for the worker; never whoever may not open
-- the record.
create function access.hearers_of(in_kind text, in_people uuid[]) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted text[] := array(select h.hearer from foundation.hearing h where h.kind = in_kind);
  hearing uuid[];
begin
  if cardinality(wanted) = 0 then
    return '{}';
  end if;
  hearing := array(
    select w.account_id from access.works_with w
     where w.person_id = any (in_people) and w.account_id is not null
       and (w.kind in ('allocated', 'personal-adviser') and 'allocated-worker' = any (wanted)
            or w.kind = 'reviewing-officer' and 'reviewing-officer' = any (wanted) or w.kind = 'conference-chair' and 'conference-chair' = any (wanted))
    union
    select c.account_id from access.works_with w join access.cover c on c.for_account_id = w.account_id and current_date between c.from_day and c.to_day
     where w.person_id = any (in_people) and w.kind in ('allocated', 'personal-adviser') and 'allocated-worker' = any (wanted)
    union
    select unnest(access.managers_over(in_people)) where 'team-manager' = any (wanted));
  return array(select one from unnest(hearing) as one
                where access.is_active(one) and access.conflict_between(one, in_people) is null
                  and (select held.level < 2 or held.named from access.restriction_held(in_people, one) held));
end $$;

create function foundation.tell_hearers() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- What background work writes, an import or a demonstration, tells nobody.
  if session_user <> foundation.role_name('app') then
    return null;
  end if;
  insert into access.notice (to_account_id, kind, person_id, about_account_id, about_id)
    select told, 'happened', e.person_id, e.recorded_by, e.id
      from new_rows e cross join lateral unnest(access.hearers_of(e.kind, access.alias_set(e.person_id))) as told
     where e.import_run_id is null and told is distinct from e.recorded_by and exists (select from foundation.hearing h where h.kind = e.kind)
  on conflict (to_account_id, kind, about_id) do nothing;
  return null;
end $$;
create trigger tell_hearers after insert on record.event referencing new table as new_rows for each statement execute function foundation.tell_hearers();

-- The pages about who may see what show their own; what stands in For you is read there.
create function access.is_for_you(in_kind text) returns boolean
  language sql immutable
  set search_path = pg_catalog, pg_temp
  return in_kind = 'happened' or in_kind ~ '^(transfer|supervision|audit)-';

create or replace function access.my_notices(in_secret text, out id uuid, out kind text, out person_id uuid, out about_account_id uuid, out about_id uuid,
    out made_at timestamptz, out read_at timestamptz) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select n.id, n.kind, n.person_id, n.about_account_id, n.about_id, n.made_at, n.read_at
    from access.live_session(in_secret) me, access.notice n
   where n.to_account_id = me.account_id and (n.read_at is null or n.read_at > clock_timestamp() - interval '14 days') and not access.is_for_you(n.kind)
   order by n.made_at desc limit 100
$$;

-- For this session's account: what was asked of it, and what happened on records of the list that was opened ('caseload') as far as the list
-- reaches for each. Unread, and read within a week.
create function record.for_you()
  returns table (id uuid, kind text, person_id uuid, about_id uuid, by_name text, made_at timestamptz, read_at timestamptz, event text, happened_on date, fact jsonb)
  language plpgsql stable security definer
  set search_path = record, pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  me uuid := access.recorder();
  chosen uuid[];
  wanted jsonb;
begin
  chosen := array(select n.id from access.notice n
                   where n.to_account_id = me and access.is_for_you(n.kind) and (n.read_at is null or n.read_at > clock_timestamp() - interval '7 days')
                   order by n.read_at is not null, n.made_at desc limit 300);
  select coalesce(jsonb_object_agg(told.fact_table, told.ids), '{}') into wanted
    from (select e.fact_table, jsonb_agg(distinct e.fact_id) as ids
            from access.notice n join event e on e.id = n.about_id and n.kind = 'happened'
            join access.listed_groups() l on l.person = e.person_id and e.field_group = any (l.groups)
           where n.id = any (chosen) group by e.fact_table) told;
  return query
    select n.id, n.kind, coalesce(c.same_as, n.person_id), n.about_id, a.display_name, n.made_at, n.read_at, e.kind, e.happened_on, f.fact
      from access.notice n
      left join event e on e.id = n.about_id and n.kind = 'happened'
      left join facts_of(wanted) f on f.id = e.fact_id
      left join index_card c on c.person_id = n.person_id
      left join access.account a on a.id = n.about_account_id
     where n.id = any (chosen) and (n.kind <> 'happened' or f.fact is not null)
     order by n.made_at desc;
end $$;

create function access.read_for_you(in_ids uuid[]) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  marked integer;
begin
  -- Null: all of them.
  update access.notice set read_at = clock_timestamp()
   where to_account_id = access.recorder() and read_at is null and access.is_for_you(kind) and (in_ids is null or id = any (in_ids));
  get diagnostics marked = row_count;
  return marked;
end $$;

create index notice_unread on access.notice (to_account_id) where read_at is null;

revoke execute on all routines in schema foundation, access, record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.for_you(), access.read_for_you(uuid[])');
end $$;
