-- Whoever is told of an emergency access is told why, in the words of whoever opened the record.
create function access.my_emergency_notices(in_secret text, out notice_id uuid, out reason text, out words text, out until_at timestamptz) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select n.id, b.reason, b.words, b.until_at
      from access.notice n join access.break_glass b on b.id = n.about_id
     where n.to_account_id = (access.live_session(in_secret)).account_id and n.kind like 'emergency-access%';
end $$;

-- Ties that let a colleague see one child for a while, for whoever may make them, and one's own.
create function access.ties_of(in_secret text, in_person uuid, out id uuid, out account_id uuid, out kind text, out from_day date, out to_day date,
    out why text, out made_by uuid, out ended_at timestamptz) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.live_session(in_secret);
  d access.decision;
begin
  d := access.decide(s.account_id, in_person, null, 'full', false, null);
  if d.outcome = 'allowed' and d.level = 'full' then
    return query
      select t.id, t.account_id, t.kind, t.from_day, t.to_day, t.why, t.made_by, t.ended_at
        from access.tie t where t.person_id = any (d.people) and t.to_day >= current_date - 90
       order by t.ended_at is not null, t.to_day desc;
  end if;
end $$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.my_emergency_notices(text), access.ties_of(text, uuid)');
end $$;
