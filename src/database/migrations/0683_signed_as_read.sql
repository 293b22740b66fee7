-- Nobody signs what they cannot read: where a part of the work is in a field group that is not open to whoever signs, such as
-- the child’s own words to a manager on duty, they may return it and not sign it.

create function record.signed_parts_closed(in_kind text, in_fact uuid) returns boolean
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  part record;
  closed boolean;
begin
  for part in
    select p.table_name, p.key_column, k.field_group, k.group_column
      from foundation.signed_part p join foundation.kept_table k on k.table_name = p.table_name where p.kind = in_kind
  loop
    execute format('select exists (select from record.%I t where t.%I = $1 and (t.person_id, %s) not in (select o.person, o.field_group from access.open_pairs() o))',
      part.table_name, part.key_column, coalesce(quote_literal(part.field_group), format('t.%I', part.group_column)))
      into closed using in_fact;
    if closed then
      return true;
    end if;
  end loop;
  return false;
end $$;

alter function record.sign_off_refusal(text, uuid, text, uuid) rename to sign_off_refusal_by_rule;
create function record.sign_off_refusal(in_kind text, in_fact uuid, in_act text, in_account uuid) returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(record.sign_off_refusal_by_rule(in_kind, in_fact, in_act, in_account),
                  case when in_act = 'authorised' and record.signed_parts_closed(in_kind, in_fact) then 'not-all-open' end)
$$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.revoke_from('app', 'execute on function record.sign_off_refusal_by_rule(text, uuid, text, uuid)');
  call foundation.grant_to('app', 'execute on function record.sign_off_refusal(text, uuid, text, uuid)');
end $$;
