-- The pages that let a manager choose a worker list those below the manager, and not everybody. What is opened is decided
-- by access.open_actor as before: this only saves a choice that would be refused.
do $$
begin
  call foundation.grant_to('app', 'execute on function access.stands_above(uuid, uuid)');
end $$;
