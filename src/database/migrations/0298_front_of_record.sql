-- The SQL of a record's front, where PostgreSQL keeps its plans. Without named prepared statements every statement is
-- planned anew, which for one that names fifteen guarded tables takes longer than to run it; what stands in a function
-- is planned once for a connection, also behind a pooler (docs/decisions/what-guarded-reading-costs.md).
--
-- The functions read with their caller's rights, so the row policies hold; and they name tables without a schema, so
-- that under `known` they show the past. They are for the stores of people and events, which say what comes out.

-- How somebody stands on a day: people/identity-store.ts.
create function record.identity_of(in_person uuid, in_people uuid[], in_on date) returns jsonb
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
begin
  return (select to_jsonb(x) from (
    select p.id, p.reference, p.sex::text, p.upn_unknown::text as "upnUnknown", p.date_of_birth as born,
           p.date_of_birth_estimated as "bornEstimated", p.expected_date_of_birth as expected, p.died_on as died,
           (select n.full_name from person_name n where n.person_id = any (in_people) and n.field_group = 'F01'
             order by array_position('{preferred,legal}', n.kind) nulls last, n.recorded_at desc, n.id limit 1) as name,
           (select i.value from person_identifier i
             where i.person_id = any (in_people) and i.kind in ('la-child-id', 'ssda903-child-id') and i.source_authority is null
             order by array_position('{la-child-id,ssda903-child-id}', i.kind), i.to_day is null desc, i.id desc limit 1) as "localId",
           (select g.pronouns from gender_identity g where g.person_id = any (in_people) limit 1) as pronouns,
           array(select h.words from hazard h
                  where h.person_id = any (in_people) and h.from_day <= in_on and (h.to_day is null or h.to_day > in_on)
                  order by h.from_day desc) as hazards,
           works.worker, works.team,
           exists (select from referral r where r.person_id = any (in_people) and r.referral_nfa is not true
                      and r.referral_date <= in_on and (r.close_date is null or r.close_date > in_on)) as "inNeed",
           exists (select from child_protection_plan c where c.person_id = any (in_people) and c.cp_plan_start_date <= in_on
                      and (c.cp_plan_end_date is null or c.cp_plan_end_date > in_on)) as "onPlan",
           coalesce(care.now, false) as "inCare",
           exists (select from missing_episode m where m.person_id = any (in_people) and m.missing = 'M' and m.mis_start <= in_on
                      and (m.mis_end is null or m.mis_end > in_on)) as missing,
           care.ended as "careEnded",
           exists (select from care_leaver_outcome o where o.person_id = any (in_people)) as "knownAsLeaver"
      from person p
     cross join lateral (
       select bool_or(c.start_date <= in_on and (c.end_date is null or c.end_date > in_on)) as now,
              max(c.end_date) filter (where not c.short_breaks and c.end_date <= in_on) as ended
         from period_of_care c where c.person_id = any (in_people)) care
     cross join lateral (
       select (array_agg(coalesce(a.display_name, i.worker_name, i.worker_reference) order by i.from_day desc)
                 filter (where i.kind = 'allocated'))[1] as worker,
              (array_agg(t.name order by i.kind, i.from_day desc) filter (where t.id is not null))[1] as team
         from involvement i
         left join access.account a on a.id = i.account_id
         left join access.team t on t.id = i.team_id
        where i.person_id = any (in_people) and i.kind in ('allocated', 'team')
          and i.from_day <= in_on and (i.to_day is null or i.to_day > in_on)) works
     where p.id = in_person) x);
end $$;

-- What matters on a day: people/summary-store.ts.
create function record.summary_of(in_people uuid[], in_on date) returns jsonb
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
begin
  return (select to_jsonb(x) from (
    select (select coalesce(jsonb_agg(jsonb_build_object('since', r.referral_date, 'code', r.cin_primary_need_code)
                                      order by r.referral_date), '[]')
              from referral r where r.person_id = any (in_people) and r.referral_nfa is not true
               and r.referral_date <= in_on and (r.close_date is null or r.close_date > in_on)) as needs,
           (select coalesce(jsonb_agg(jsonb_build_object('since', c.cp_plan_start_date, 'initial', c.cp_plan_initial_category,
                                                         'latest', c.cp_plan_latest_category)), '[]')
              from child_protection_plan c where c.person_id = any (in_people)
               and c.cp_plan_start_date <= in_on and (c.cp_plan_end_date is null or c.cp_plan_end_date > in_on)) as plans,
           (select coalesce(jsonb_agg(jsonb_build_object('since', c.start_date, 'shortBreaks', c.short_breaks)), '[]')
              from period_of_care c where c.person_id = any (in_people)
               and c.start_date <= in_on and (c.end_date is null or c.end_date > in_on)) as care,
           (select coalesce(jsonb_agg(jsonb_build_object('since', p.start_date, 'place', p.place, 'provider', p.place_provider)), '[]')
              from placement p where p.person_id = any (in_people)
               and p.start_date <= in_on and (p.end_date is null or p.end_date > in_on)) as placements,
           (select coalesce(jsonb_agg(jsonb_build_object('since', l.start_date, 'code', l.legal_status) order by l.start_date), '[]')
              from legal_status l where l.person_id = any (in_people)
               and l.start_date <= in_on and (l.end_date is null or l.end_date > in_on)) as statuses,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'name', coalesce(h.holder_name, (select r.other_name from relationship r
                               where r.person_id = h.person_id and r.other_person_id = h.holder_person_id and r.other_name is not null limit 1)),
                     'person', h.holder_person_id, 'basis', h.basis, 'evidence', h.evidence)
                   order by h.from_day nulls last, h.holder_name), '[]')
              from parental_responsibility h where h.person_id = any (in_people) and (h.to_day is null or h.to_day > in_on)) as responsible,
           (select coalesce(jsonb_agg(jsonb_build_object('name', r.other_name, 'kind', r.kind, 'words', r.words) order by r.other_name), '[]')
              from relationship r where r.person_id = any (in_people) and r.same_household
               and (r.to_day is null or r.to_day > in_on)) as household,
           (select jsonb_build_object('lines', a.address_lines, 'postcode', a.postcode) from address a
             where a.person_id = any (in_people) and a.kind = 'home' and not a.protected and (a.to_day is null or a.to_day > in_on)
             order by a.from_day desc nulls last limit 1) as home,
           (select jsonb_build_object('day', times.day, 'at', times.at) from (
              select coalesce(s.assessment_auth_date, s.assessment_start_date) as day, 'assessment' as at from assessment s
               where s.person_id = any (in_people) and s.assessment_child_seen
              union all
              select v.review, 'review' from looked_after_review v
               where v.person_id = any (in_people) and v.review_code in ('PN1', 'PN2', 'PN3', 'PN4')
                 and v.review_cancelled is not true) as times
             where times.day <= in_on order by times.day desc limit 1) as seen,
           traits.ethnicity::text, traits.first_language as language, traits.interpreter_needed as interpreter,
           array(select d.disability_code::text from disability d where d.person_id = any (in_people) order by 1) as disabilities
      from (select) one
      left join lateral (
        select c.ethnicity, c.first_language, c.interpreter_needed from person_characteristics c
         where c.person_id = any (in_people) limit 1) traits on true) x);
end $$;

-- What happened, the latest first: events/store.ts. Null means all, of kinds, days and number.
create function record.events_of(in_people uuid[], in_kinds text[], in_from date, in_to date, in_most integer)
  returns table (id uuid, person_id uuid, kind text, happened_on date, happened_at timestamptz, field_group text, fact_table text,
                 fact_id uuid, recorded_at timestamptz, recorded_by uuid, import_run_id uuid, import_place text)
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
    select e.id, e.person_id, e.kind, e.happened_on, e.happened_at, e.field_group, e.fact_table::text, e.fact_id, e.recorded_at,
           e.recorded_by, e.import_run_id, e.import_place
      from event e
     where e.person_id = any (in_people) and (in_kinds is null or e.kind = any (in_kinds))
       and e.happened_on between coalesce(in_from, '-infinity') and coalesce(in_to, 'infinity')
     order by e.happened_on desc, e.happened_at desc nulls last, e.kind, e.id
     limit in_most;
end $$;

revoke execute on all routines in schema record from public;
do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'execute on function record.identity_of(uuid, uuid[], date), record.summary_of(uuid[], date), record.events_of(uuid[], text[], date, date, integer)');
  end loop;
end $$;
