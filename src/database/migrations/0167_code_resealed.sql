-- The same secret of a one-time code under a newer key (CAIRN_ACCOUNT_KEY, replaced): at the next sign-in.
create function access.reseal_code(in_account uuid, in_before bytea, in_sealed bytea) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update access.account set totp_secret = in_sealed where id = in_account and totp_secret = in_before
$$;

revoke execute on function access.reseal_code(uuid, bytea, bytea) from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.reseal_code(uuid, bytea, bytea)');
end $$;
