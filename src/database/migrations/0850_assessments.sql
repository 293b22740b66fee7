-- The child and family assessment (practice 3): begun from the referral's decision or on an open case, looked at by a manager
-- at review points, stopped where it cannot be finished, and given its outcome by the signature under its form.

call ssd.take_down();
alter table record.assessment
  add column stopped_on date,
  add column stopped_because text check (stopped_because in ('moved', 'died', 'in-error')),
  add column stopped_words text,
  add constraint assessment_stopped_in_full check (num_nonnulls(stopped_on, stopped_because, stopped_words) in (0, 3));
call foundation.extend('record.assessment', $$
  stopped_on      | F12 | ordinary | R-CIN-01 | yes
  stopped_because | F12 | special  | R-CIN-01 | yes
  stopped_words   | F12 | special  | R-CIN-01 | yes
$$);
comment on column record.assessment.stopped_because is 'Why it was not finished. It is over when a manager has signed that (assessment_auth_date).';
call ssd.put_up_again();

create table record.assessment_review (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  assessment_id uuid not null references record.assessment,
  held_on date not null,
  child_seen boolean not null,
  decided text not null check (decided in ('go-on', 'conclude')),
  words text not null check (words <> ''),
  next_on date check (next_on > held_on)
);
create index on record.assessment_review (assessment_id);
create index on record.assessment_review (person_id);
call foundation.keep('record.assessment_review', 'F12', $$
  assessment_id | F12 | ordinary | R-CIN-01 | says which assessment it belongs to
  held_on       | F12 | ordinary | R-CIN-01 | yes
  child_seen    | F12 | ordinary | R-CIN-01 | yes
  decided       | F12 | ordinary | R-CIN-01 | yes
  words         | F12 | special  | R-CIN-01 | yes
  next_on       | F12 | ordinary | R-CIN-01 | yes
$$);
call access.guard_keys_to_people();
call foundation.tells('record.assessment_review', 'held_on', 'assessment-overseen');

-- Stopping is signed like any assessment; the assessment itself is signed as a form (form-child-and-family-assessment).
call foundation.signs('assessment-stopped', 'Assessment that will not be finished', 'record.assessment', 'F12', '{A-TM,A-SM}', '{}',
  '{assessment_auth_date,assessment_internal_review_date,assessment_outcome,assessment_outcome_nfa,assessment_child_seen}');

-- Begins the assessment that follows a child's open referral, or gives the one that is open already. The first one of an
-- episode counts from the referral, whenever it is recorded; a later one from the day it was decided (practice 3.1).
create function record.start_assessment(in_person uuid, in_on date) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  of constant uuid[] := access.alias_set(in_person);
  r record.referral;
  begun uuid;
begin
  if not (in_person = any (access.writable_ids('F11')) or in_person = any (access.writable_ids('F12'))) then
    raise exception 'The record is not open to begin an assessment' using errcode = 'insufficient_privilege';
  end if;
  select * into r from record.referral x
   where x.person_id = any (of) and x.referral_nfa is not true and x.close_date is null
   order by x.referral_date desc, x.id desc limit 1 for update;
  if r.id is null then
    return null;
  end if;
  select a.id into begun from record.assessment a
   where a.person_id = any (of) and a.referral_id = r.id and a.assessment_auth_date is null
   order by a.assessment_start_date desc limit 1;
  if begun is not null then
    return begun;
  end if;
  insert into record.assessment (person_id, referral_id, assessment_start_date, team_id, account_id)
  values (in_person, r.id,
    case when exists (select from record.assessment a where a.referral_id = r.id) then greatest(in_on, r.referral_date) else r.referral_date end,
    r.team_id, r.account_id)
  returning id into begun;
  return begun;
end $$;

-- What a signature fills. Signed again after a change, the first day stands and factors are those that were signed last.
create function record.authorise_assessment(in_assessment uuid, in_on date, in_seen boolean, in_outcome text, in_nfa boolean, in_factors text[])
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a record.assessment;
begin
  select * into a from record.assessment x where x.id = in_assessment for update;
  if a.id is null or a.person_id <> all (access.writable_ids('F12')) then
    return false;
  end if;
  update record.assessment
     set assessment_auth_date = coalesce(a.assessment_auth_date, in_on), assessment_child_seen = in_seen, assessment_outcome = in_outcome,
         assessment_outcome_nfa = in_nfa
   where id = in_assessment;
  delete from record.assessment_factor f where f.assessment_id = in_assessment and f.assessment_factor::text <> all (in_factors);
  insert into record.assessment_factor (person_id, assessment_id, assessment_factor)
  select a.person_id, in_assessment, one from unnest(in_factors) one
  on conflict (assessment_id, assessment_factor) do nothing;
  return true;
end $$;

-- Every id under which a person stands, for whoever has their need open.
create function record.ids_of(in_person uuid) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select case when in_person = any (access.open_ids('F12')) then access.alias_set(in_person) else '{}' end
$$;

revoke execute on all routines in schema record from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.start_assessment(uuid, date), record.ids_of(uuid), record.authorise_assessment(uuid, date, boolean, text, boolean, text[])');
end $$;
