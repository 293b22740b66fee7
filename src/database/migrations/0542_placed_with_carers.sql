-- A carer's social worker sees what a placement needs of the children who live with the carer (governance E.2, A-FOS):
-- who they are, their family, status, placement, health dates, school, warnings and workers; none of the narrative.
-- The tie is the record's own: the worker is involved with the carer, and the carer is the child's foster carer today.
insert into access.rule (rank, code, says) values (60, 'placed-with-carer', 'this child lives with a carer you support');
insert into access.role_reach (role, rule, level, groups, may_write) values
  ('A-FOS', 'placed-with-carer', 'summary', '{F01,F02,F06,F07,F08,F10,F16,F20,F24,F26}', false);

create function access.supports_carer_of(in_account uuid, in_people uuid[]) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return exists (
    select from record.relationship r
     cross join lateral unnest(access.alias_set(r.other_person_id)) as carer
      join access.works_with w on w.person_id = carer and w.account_id = in_account and w.kind = 'supervising-social-worker'
     where r.person_id = any (in_people) and r.kind = 'foster-carer'
       and (r.from_day is null or r.from_day <= current_date) and (r.to_day is null or r.to_day > current_date));

-- As in 0290, with that rule, asked only of those whom it can give something.
create or replace function access.rules_for(in_account uuid, in_people uuid[]) returns text[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_rules text[];
  manages boolean;
begin
  found_rules := access.work_rules(in_account, in_people);
  -- Whoever has a rule from work has somebody who works with them.
  if cardinality(found_rules) = 0 and not exists (select from access.works_with w where w.person_id = any (in_people)) then
    found_rules := '{unallocated}';
  end if;

  select found_rules || coalesce(array_agg(distinct t.kind), '{}') into found_rules
    from access.tie t
   where t.account_id = in_account and t.person_id = any (in_people) and t.ended_at is null
     and current_date between t.from_day and t.to_day;

  if exists (select from record.contact c
              where c.person_id = any (in_people) and c.contact_date > current_date - 30
                and (c.decided_on is null or c.decided_on >= current_date)) then
    found_rules := found_rules || 'open-contact'::text;
  end if;

  -- Through a child the account works with, or whose workers it manages; asked only when there is no nearer way.
  if found_rules && '{allocated,supervising-line}'::text[] then
    return found_rules;
  end if;
  if access.roles_of(in_account) && '{A-FOS}'::text[] and access.supports_carer_of(in_account, in_people) then
    found_rules := found_rules || 'placed-with-carer'::text;
  end if;
  manages := access.roles_of(in_account) && '{A-TM,A-SM}'::text[];
  if not ('team' = any (found_rules) and manages) then
    select found_rules || coalesce(array_agg(distinct case f.how when 'sibling' then 'sibling' else 'household' end), '{}')
      into found_rules
      from access.family_of(in_people, in_account) f
     cross join lateral access.alias_set(f.person_id) as member
     cross join lateral access.work_rules(in_account, member) as w
     where (w && '{allocated,co-working,cover,supervising-line}'::text[] or 'team' = any (w) and manages)
       and (access.restriction_held(member, in_account)).level < 3;
  end if;
  return found_rules;
end $$;
revoke execute on all routines in schema access from public;
