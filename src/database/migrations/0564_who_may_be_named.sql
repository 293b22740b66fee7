-- A relative who is restricted is not named on the record of whoever they are related to (governance E.3): of the relatives of
-- the people this session has opened, those it must not name.
create function access.unnamed_relatives() returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (
    select coalesce(array_agg(distinct kin.id), '{}')
      from (select r.other_person_id as id from record.relationship r where r.person_id = any (access.open_ids('F07'))
            union select r.person_id from record.relationship r where r.other_person_id = any (access.open_ids('F07'))
            union select p.holder_person_id from record.parental_responsibility p where p.person_id = any (access.open_ids('F07'))
            union select c.other_person_id from record.contact_arrangement c where c.person_id = any (access.open_ids('F07'))) kin
     where kin.id <> all (access.open_ids('F01'))
       and exists (select from access.restricted x where x.person_id = any (access.alias_set(kin.id)) and x.level >= 2));

revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function access.unnamed_relatives()');
end $$;

-- Whether some address of these people is to be kept from others, for a letter that must not show it: said to whoever has opened their
-- family (F07), also where the address itself is not open. The address is not told.
create function access.address_is_kept(in_people uuid[]) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (select from record.address a where a.person_id = any (in_people) and (a.person_id = any (access.open_ids('F07')) or access.run_is_open())
                    and a.protected and (a.to_day is null or a.to_day > current_date))
      or exists (select from record.hazard h where h.person_id = any (in_people) and (h.person_id = any (access.open_ids('F07')) or access.run_is_open())
                    and h.kind = 'address-not-to-be-told' and (h.to_day is null or h.to_day > current_date));

revoke execute on all routines in schema access from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function access.address_is_kept(uuid[])');
  end loop;
end $$;
