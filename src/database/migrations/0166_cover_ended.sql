-- Cover that is no longer needed: ended by whoever agreed it, is covered for, or stands above them.
create function access.end_cover(in_secret text, in_id uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.live_session(in_secret);
  c access.cover := (select x from access.cover x where x.id = in_id);
begin
  if s.id is null or c.id is null or c.to_day < current_date
     or not (s.account_id in (c.agreed_by, c.for_account_id) or access.stands_above(s.account_id, c.for_account_id)) then
    return false;
  end if;
  if c.from_day >= current_date then
    delete from access.cover where id = in_id;
  else
    update access.cover set to_day = current_date - 1 where id = in_id;
  end if;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'about', c.account_id, 'for', c.for_account_id,
    'action', 'cover ended', 'session', s.id, 'outcome', 'done'));
  return true;
end $$;

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.end_cover(text, uuid)');
end $$;
