-- For pages: restrictions in force, for those who may know of them.

-- Whoever decides without being named reads no name, but the reference by which they can ask whoever set it.
--
-- Of one record: to whoever reads all of it, and to whoever decides about it. Without a person: those that this account
-- may confirm, review or lift, those that end or are due for review first.
create function access.restrictions_known(in_secret text, in_person uuid default null,
    out id uuid, out person_id uuid, out reference text, out level smallint, out sections text[], out reason text, out set_by uuid, out from_at timestamptz,
    out to_at timestamptz, out review_on date, out confirmed_by uuid, out confirmed_at timestamptz, out named uuid[], out mine boolean,
    out may_decide boolean) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  me uuid := (select s.account_id from access.live_session(in_secret) s);
  d access.decision;
begin
  if me is null then
    return;
  end if;
  if in_person is not null then
    d := access.decide(me, in_person, null, 'full', false, null);
  end if;
  return query
    select r.id, r.person_id, (select p.reference from record.person p where p.id = r.person_id), r.level, r.sections, r.reason, r.set_by, r.from_at, r.to_at, r.review_on, r.confirmed_by, r.confirmed_at,
           array(select n.account_id from record.restriction_reader n where n.restriction_id = r.id and (n.to_at is null or n.to_at > now()) order by n.from_at),
           r.set_by = me, decides.may
      from record.restriction r
     cross join lateral (select access.may_restrict(me, access.alias_set(r.person_id), r.level) as may) decides
     where r.level > 0 and (r.to_at is null or r.to_at > now())
       and (in_person is null or r.person_id = any (access.alias_set(in_person)))
       and (decides.may or in_person is not null and d.outcome = 'allowed' and d.level = 'full')
     order by r.confirmed_at is not null, coalesce(r.review_on, r.to_at::date) nulls last, r.from_at;
end $$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.restrictions_known(text, uuid)');
end $$;
