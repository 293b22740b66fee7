-- Drafts that several write in, on the list of whoever began them: where to go on, without a word of what was typed, which
-- opens with the form itself.
create function forms.shared_drafts() returns table (id uuid, form text, address text, about uuid[], started_at timestamptz, saved_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select d.id, d.form, d.address, d.about, d.started_at, d.saved_at
    from access.session_now s join forms.draft d on d.account_id = s.account_id
   where d.shared_as is not null and d.ended_at is null and exists (select from forms.draft_field f where f.draft_id = d.id)
$$;
revoke execute on all routines in schema forms from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function forms.shared_drafts()');
end $$;
