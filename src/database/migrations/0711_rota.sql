-- The rota of a team, written by its managers as a week of halves of days and nights (src/team/rota.ts has their hours). It
-- feeds need to know: whoever is on duty opens the team's children.

-- in_shifts: [{ "account": …, "from_at": …, "until_at": … }], each within the week that begins with in_monday. What is over stays;
-- what runs ends at once when it is not wanted any more. Returns false where the team is not this account's to manage.
create function access.set_rota(in_team uuid, in_monday date, in_shifts jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  -- A night belongs to the evening it begins with.
  week tstzrange := tstzrange(in_monday::timestamp at time zone 'Europe/London', (in_monday + 7)::timestamp at time zone 'Europe/London');
  -- This minute, so that what was set a moment ago is not cut off by the moment.
  this_moment timestamptz := date_trunc('minute', clock_timestamp());
  shift record;
begin
  if me is null or not access.roles_of(me) && '{A-TM,A-SM}'::text[] or in_team <> all (access.teams_before(me)) or extract(isodow from in_monday) <> 1 then
    return false;
  end if;
  delete from access.duty d where d.team_id = in_team and lower(d.during) <@ week and lower(d.during) >= this_moment;
  -- What runs now goes on as long as the same person is wanted now; what comes after it is written anew.
  update access.duty d
     set during = tstzrange(lower(d.during), coalesce((
           select min(s.until_at) from jsonb_to_recordset(in_shifts) as s (account uuid, from_at timestamptz, until_at timestamptz)
            where s.account = d.account_id and s.from_at <= this_moment and s.until_at > this_moment), this_moment))
   where d.team_id = in_team and lower(d.during) <@ week and lower(d.during) < this_moment and upper(d.during) > this_moment;
  for shift in select * from jsonb_to_recordset(in_shifts) as s (account uuid, from_at timestamptz, until_at timestamptz) loop
    continue when shift.until_at <= this_moment or shift.until_at <= shift.from_at or not shift.from_at <@ week
      or shift.until_at > shift.from_at + interval '24 hours' or not access.is_active(shift.account)
      or exists (select from access.duty d where d.team_id = in_team and d.account_id = shift.account
                    and d.during && tstzrange(greatest(shift.from_at, this_moment), shift.until_at));
    insert into access.duty (account_id, team_id, during)
    values (shift.account, in_team, tstzrange(greatest(shift.from_at, this_moment), shift.until_at));
  end loop;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', me, 'action', 'rota changed', 'team', in_team, 'from', in_monday,
    'session', (select s.id from access.session_now s), 'outcome', 'done')));
  return true;
end $$;

-- Teams whose rota this session's account may see: those before it and those it is on duty for.
create function access.my_teams() returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select access.teams_before(me.id) || access.on_duty_for(me.id) from (select access.recorder() as id) me);

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.set_rota(uuid, date, jsonb), access.my_teams()');
end $$;
