-- How many notices wait for whoever presents this secret: said in the header of every page. (The table is of 0295.)
create function access.unread_notices(in_secret text) returns integer
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select count(*) from access.notice n
           where n.to_account_id = (access.live_session(in_secret)).account_id and n.read_at is null);
end $$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.unread_notices(text)');
end $$;
