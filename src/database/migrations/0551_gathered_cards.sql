-- One human being, one card: of rows of person that are one (record.person_alias) the card of the one that leads gathers
-- what all of them are known by, and the others' cards show the same, are found by nothing, and name the one that leads.

-- Each row leads to one other at most, so that the one at the end leads them all.
create unique index person_alias_leads_to_one on record.person_alias (person_id) where to_at is null;

-- Who leads each of these people; without an alias, themselves.
create function foundation.leaders(in_people uuid[]) returns table (person_id uuid, leader uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  with recursive up as (
    select asked.id as person, asked.id as leader, 0 as steps from unnest(in_people) as asked (id)
    union all
    select up.person, a.same_as, up.steps + 1
      from up join record.person_alias a on a.person_id = up.leader and (a.to_at is null or a.to_at > now())
     where up.steps < 50
  )
  select distinct on (up.person) up.person, up.leader from up order by up.person, up.steps desc;
end;

-- The one that leads this person.
create function record.leader_of(in_person uuid) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select l.leader from foundation.leaders(array[in_person]) l);

alter table record.index_card add same_as uuid;
comment on column record.index_card.same_as is
  'Set where another row of person leads this one: lists leave such a card out, and what hangs on the person still finds a name.';
create index on record.index_card (same_as) where same_as is not null;

-- What each row of person is known by, made by the function of 0285 under another name; and then what they share.
alter function record.refresh_index_cards(uuid[]) rename to refresh_own_cards;

create function record.gather_cards(in_people uuid[]) returns void
  language sql security definer
  set search_path = record, pg_catalog, pg_temp
as $$
  with led as materialized (
    select l.person_id, l.leader from foundation.leaders(in_people) l
  ), one as materialized (
    select led.leader, c.*, c.person_id = led.leader as leads from led join index_card c on c.person_id = led.person_id
     where led.leader in (select l.leader from led l where l.person_id <> l.leader)
  ), gathered as (
    select o.leader,
           (array_agg(o.name order by o.leads desc, o.person_id) filter (where o.name is not null))[1] as name,
           (array_agg(o.local_id order by o.leads desc, o.person_id) filter (where o.local_id is not null))[1] as local_id,
           (array_agg(o.date_of_birth order by o.leads desc, o.person_id) filter (where o.date_of_birth is not null))[1] as date_of_birth,
           (array_agg(o.date_of_birth_estimated order by o.date_of_birth is null, o.leads desc, o.person_id))[1] as date_of_birth_estimated,
           (array_agg(o.expected_date_of_birth order by o.leads desc, o.person_id) filter (where o.expected_date_of_birth is not null))[1] as expected,
           (array_agg(o.died_on order by o.leads desc, o.person_id) filter (where o.died_on is not null))[1] as died_on,
           (array_agg(o.sex order by o.sex is not distinct from 'U', o.leads desc, o.person_id) filter (where o.sex is not null))[1] as sex,
           max(o.restriction) as restriction,
           (array_agg(o.account_id order by o.leads desc, o.person_id) filter (where o.account_id is not null or o.worker is not null))[1] as account_id,
           (array_agg(o.worker order by o.leads desc, o.person_id) filter (where o.account_id is not null or o.worker is not null))[1] as worker,
           (array_agg(o.team_id order by o.leads desc, o.person_id) filter (where o.team_id is not null))[1] as team_id,
           (array_agg(o.postcode_outward order by o.leads desc, o.person_id) filter (where o.postcode_outward is not null))[1] as postcode_outward,
           bool_or(o.has_record) as has_record
      from one o group by o.leader
  ), keys as (
    select o.leader, coalesce(array_agg(distinct k.postcode) filter (where k.postcode is not null), '{}') as postcodes,
           coalesce(array_agg(distinct k.phone) filter (where k.phone is not null), '{}') as phones,
           coalesce(array_agg(distinct k.number) filter (where k.number is not null), '{}') as identifiers,
           coalesce(array_agg(distinct k.word) filter (where k.word is not null), '{}') as name_keys,
           coalesce(array_agg(distinct k.badge) filter (where k.badge is not null), '{}') as badges
      from one o
     cross join lateral (
       select unnest(o.postcodes) as postcode, unnest(o.phones) as phone, unnest(o.identifiers) as number, unnest(o.name_keys) as word, unnest(o.badges) as badge
     ) as k
     group by o.leader
  ), whole as (
    select g.*, k.postcodes, k.phones, k.identifiers, k.name_keys,
           -- In the order of people/model.ts; born, they are unborn no longer, and in care they have not left it.
           array(select b.badge from unnest('{child-protection,looked-after,care-leaver,child-in-need,unborn,missing,died,restricted}'::text[]) with ordinality as b (badge, place)
                  where b.badge = any (k.badges)
                    and not (b.badge = 'unborn' and g.date_of_birth is not null)
                    and not (b.badge = 'care-leaver' and ('looked-after' = any (k.badges) or g.died_on is not null))
                  order by b.place) as badges
      from gathered g join keys k using (leader)
  )
  update index_card t
     set name = w.name, local_id = w.local_id, date_of_birth = w.date_of_birth, date_of_birth_estimated = w.date_of_birth_estimated,
         expected_date_of_birth = w.expected, died_on = w.died_on, sex = w.sex, badges = w.badges, restriction = w.restriction,
         account_id = w.account_id, worker = w.worker, team_id = w.team_id, postcode_outward = w.postcode_outward, has_record = w.has_record,
         postcodes = case when o.leads then w.postcodes else '{}' end, phones = case when o.leads then w.phones else '{}' end,
         identifiers = case when o.leads then w.identifiers else '{}' end, name_keys = case when o.leads then w.name_keys else '{}' end,
         same_as = case when not o.leads then o.leader end, refreshed_at = clock_timestamp()
    from one o join whole w using (leader)
   where t.person_id = o.person_id
$$;

-- Makes the cards of these people anew, and of everyone who is one with them.
create function record.refresh_index_cards(in_people uuid[]) returns void
  language plpgsql security definer
  set search_path = record, pg_catalog, pg_temp
as $$
begin
  perform record.refresh_own_cards(in_people);
  if not exists (select from person_alias) then
    return;
  end if;
  in_people := foundation.with_aliases(in_people);
  update index_card c set same_as = null
   where c.person_id = any (in_people) and c.same_as is not null
     and not exists (select from person_alias a where a.person_id = c.person_id and (a.to_at is null or a.to_at > now()));
  perform record.gather_cards(in_people);
end $$;

revoke execute on all routines in schema foundation, record from public;
do $$
begin
  call foundation.grant_to('jobs', 'execute on function record.refresh_index_cards(uuid[]), record.leader_of(uuid)');
  call foundation.grant_to('app', 'execute on function record.leader_of(uuid)');
  call foundation.revoke_from('jobs', 'execute on function record.refresh_own_cards(uuid[])');
end $$;
