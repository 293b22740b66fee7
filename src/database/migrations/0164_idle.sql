-- After how many minutes without a sign of life a session locks: the page itself covers what it shows by then.
create function access.idle_minutes() returns integer
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select s.idle_minutes from access.setting s);

revoke execute on function access.idle_minutes() from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.idle_minutes()');
end $$;
