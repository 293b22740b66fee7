-- Files that came with a notification and wait for somebody to file them: the check of the vault needs to know of them.
create function intake.attachments_waiting(out id uuid, out stored_id uuid, out notification_id uuid, out size_bytes bigint) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select a.id, a.stored_id, a.notification_id, a.size_bytes
    from intake.attachment a join intake.notification n on n.id = a.notification_id
   where a.filed_at is null and (n.told is not null or n.state = 'filed')
$$;
revoke execute on all routines in schema intake from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function intake.attachments_waiting()');
end $$;
