-- Whose father or mother somebody is who lives apart from the child, as far as a search may name them: what tells one man
-- from another of the same name, and shows a man who is in two families. The rule of record.households (0510): neither
-- restricted, and nobody whose address is protected.
create function record.children_elsewhere(in_people uuid[]) returns table (person_id uuid, other_id uuid, name text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  with parent_of as (
    select r.other_person_id as who, r.person_id as child from record.relationship r
     where r.other_person_id = any (in_people) and r.kind in ('mother', 'father', 'parent', 'adoptive-parent') and r.same_household is not true
    union
    select r.person_id, r.other_person_id from record.relationship r
     where r.person_id = any (in_people) and r.kind = 'child' and r.same_household is not true
  )
  select p.who, p.child, o.name
    from parent_of p
    join record.index_card c on c.person_id = p.who and c.restriction < 2
    join record.index_card o on o.person_id = p.child and o.restriction < 2 and o.name is not null and o.died_on is null and o.same_as is null
   where access.may_search()
     and not exists (select from record.address a where a.person_id in (p.who, p.child) and a.protected and (a.to_day is null or a.to_day > current_date))
     and not exists (select from record.relationship r
                      where r.same_household and (r.to_day is null or r.to_day > current_date)
                        and (r.person_id, r.other_person_id) in ((p.who, p.child), (p.child, p.who)))
   order by p.who, o.date_of_birth nulls first, o.name;
end;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.children_elsewhere(uuid[])');
end $$;
