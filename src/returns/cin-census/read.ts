import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../access/reading.ts'
import type { Child } from './child.ts'
import type { Collection } from './collection.ts'

type Transaction = Parameters<Work<unknown>>[0]

/** So many children are in memory at a time. */
const atATime = 500

/**
 * Every child that may go into a collection, with everything the dataset says of them in the census's own names,
 * by their identifier. What goes in is then decided by `select`.
 * @param trx inside a run; with a moment known, the views of that moment are read
 * @param collection null for everyone the dataset tells of
 */
export async function* readChildren(
  trx: Transaction,
  collection: Collection | null,
): AsyncGenerator<Child[]> {
  // The whole answer is wanted, so that a plan good for its first rows will not do, nor one that hopes for few: row
  // policies and merged people hide from the planner how many there are. And it is over too soon to compile.
  await sql`select set_config('cursor_tuple_fraction', '1', true), set_config('enable_nestloop', 'off', true),
                   set_config('jit', 'off', true)`.execute(trx)
  await sql`declare census no scroll cursor for ${children(collection)}`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ child: Child }>`fetch ${sql.lit(atATime)} from census`.execute(trx)
    if (rows.length === 0) break
    yield rows.map(({ child }) => child)
  }
  await sql`close census`.execute(trx)
}

/**
 * Children looked after in the census year of whom no episode of need goes in. The guide wants them in the return, and
 * a file cannot tell of a child without a referral: somebody has to look.
 */
export async function lookedAfterWithoutReferral(trx: Transaction, collection: Collection): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with chosen as materialized (${chosen(collection)})
    select count(distinct clae_person_id) as count from ssd_cla_episodes
     where clae_cla_episode_start_date <= ${collection.to}
       and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date >= ${collection.from})
       and clae_person_id not in (select child from chosen)`.execute(trx)
  return rows[0]!.count
}

/**
 * One child, as far as it may go into a collection.
 * @param childId as the dataset knows the child
 */
export async function readChild(
  trx: Transaction,
  collection: Collection,
  childId: string,
): Promise<Child | undefined> {
  const { rows } = await sql<{ child: Child }>`${children(collection, childId)}`.execute(trx)
  return rows[0]?.child
}

/** Whose episodes might go in; or everyone that is not known from a looked-after return alone. */
function chosen(collection: Collection | null, childId?: string): RawBuilder<unknown> {
  if (collection === null)
    return sql`
      select dim_person_id as child from ssd_cohort where has_referral or not (has_903 or is_care_leaver)`
  const { from, to } = collection
  return sql`
      select distinct cine_person_id as child from ssd_cin_episodes
       where cine_referral_date <= ${to} ${childId === undefined ? sql`` : sql`and cine_person_id = ${childId}`}
         and (cine_close_date is null or cine_close_date >= ${from}
              or cine_referral_nfa = 'Y' and cine_referral_date >= ${from}::date - 14)`
}

/** One row for each child: one statement over the dataset, whatever their number. */
export function children(collection: Collection | null, childId?: string): RawBuilder<unknown> {
  return sql`
    with chosen as materialized (${chosen(collection, childId)}
    ), assessment as (
      select cina_referral_id as episode, json_agg(json_build_object(
               'AssessmentActualStartDate', cina_assessment_start_date,
               'AssessmentInternalReviewDate', "AssessmentInternalReviewDate",
               'AssessmentAuthorisationDate', cina_assessment_auth_date,
               'FactorsIdentifiedAtAssessment', case when cinf_assessment_factors_json is not null then
                 json_build_object('AssessmentFactors', cinf_assessment_factors_json::json) end
             ) order by cina_assessment_start_date, cina_assessment_id) as told
        from ssd_cin_assessments
        left join ssd_assessment_factors on cinf_assessment_id = cina_assessment_id
       where cina_person_id in (select child from chosen)
       group by cina_referral_id
    ), cin_plan as (
      select cinp_referral_id as episode, json_agg(json_build_object(
               'CINPlanStartDate', cinp_cin_plan_start_date,
               'CINPlanEndDate', cinp_cin_plan_end_date
             ) order by cinp_cin_plan_start_date, cinp_cin_plan_id) as told
        from ssd_cin_plans
       where cinp_person_id in (select child from chosen)
       group by cinp_referral_id
    ), conference as materialized (
      select icpc_referral_id, icpc_s47_enquiry_id, icpc_icpc_date
        from ssd_initial_cp_conference
       where icpc_person_id in (select child from chosen)
    ), enquiry as (
      select s47e_referral_id as episode, json_agg(json_build_object(
               'S47ActualStartDate', s47e_s47_start_date,
               'InitialCPCtarget', "InitialCPCtarget",
               'DateOfInitialCPC', held.icpc_icpc_date,
               'ICPCnotRequired', ${oneOrNought('"ICPCnotRequired"')}
             ) order by s47e_s47_start_date, s47e_s47_enquiry_id) as told
        from ssd_s47_enquiry
        left join (
          select icpc_s47_enquiry_id, min(icpc_icpc_date) as icpc_icpc_date
            from conference where icpc_s47_enquiry_id is not null group by icpc_s47_enquiry_id
        ) as held on held.icpc_s47_enquiry_id = s47e_s47_enquiry_id
       where s47e_person_id in (select child from chosen)
       group by s47e_referral_id
    ), other_conference as (
      select icpc_referral_id as episode, json_agg(icpc_icpc_date order by icpc_icpc_date) as told
        from conference where icpc_s47_enquiry_id is null
       group by icpc_referral_id
    ), review as (
      select cppr_cp_plan_id as plan, json_agg(cppr_cp_review_date order by cppr_cp_review_date) as told
        from ssd_cp_reviews
       where cppr_person_id in (select child from chosen)
       group by cppr_cp_plan_id
    ), protection as (
      select cppl_referral_id as episode, json_agg(json_build_object(
               'CPPstartDate', cppl_cp_plan_start_date,
               'CPPendDate', cppl_cp_plan_end_date,
               'InitialCategoryOfAbuse', cppl_cp_plan_initial_category,
               'LatestCategoryOfAbuse', cppl_cp_plan_latest_category,
               'NumberOfPreviousCPP', "NumberOfPreviousCPP"::text,
               'Reviews', case when review.told is not null then json_build_object('CPPreviewDate', review.told) end
             ) order by cppl_cp_plan_start_date, cppl_cp_plan_id) as told
        from ssd_cp_plans
        left join review on review.plan = cppl_cp_plan_id
       where cppl_person_id in (select child from chosen)
       group by cppl_referral_id
    ), pre_proceedings as (
      select cine_referral_id as episode, json_agg(json_build_object(
               'PPStartDate', prep_pre_pro_decision_date,
               'LBPSentDate', prep_pre_pro_letter_date,
               'FGDMMeetingOffer', ${oneOrNought('"FGDMMeetingOffer"')},
               'FGDMMeetingFac', ${oneOrNought('"FGDMMeetingFac"')},
               'InitialPPMeetingDate', prep_initial_pre_pro_meeting_date,
               'ReviewMeetingsCount', prep_pre_pro_meetings_num::text,
               'StepDecisionDate', prep_agree_stepdown_issue_date,
               'PPOutcome', prep_pre_pro_outcome,
               'CourtAppDate', "CourtAppDate",
               'LetterInitCPDate', prep_care_pro_letter_date
             ) order by prep_pre_pro_decision_date, prep_table_id) as told
        from ssd_pre_proceedings
       where prep_person_id in (select child from chosen)
       group by cine_referral_id
    ), episode as (
      select cine_person_id as child, json_agg(json_build_object(
               'CINreferralDate', cine_referral_date,
               'ReferralSource', cine_referral_source_code,
               'PrimaryNeedCode', cine_cin_primary_need_code,
               'CINclosureDate', cine_close_date,
               'ReasonForClosure', cine_close_reason,
               'DateOfInitialCPC', other_conference.told,
               'Assessments', assessment.told,
               'CINPlanDates', cin_plan.told,
               'Section47', enquiry.told,
               'ReferralNFA', case cine_referral_nfa when 'Y' then '1' when 'N' then '0' end,
               'ChildProtectionPlans', protection.told,
               'PreProceedingsandFGDM', pre_proceedings.told
             ) order by cine_referral_date, cine_close_date nulls last, cine_referral_id) as told
        from ssd_cin_episodes
        left join assessment on assessment.episode = cine_referral_id
        left join cin_plan on cin_plan.episode = cine_referral_id
        left join enquiry on enquiry.episode = cine_referral_id
        left join other_conference on other_conference.episode = cine_referral_id
        left join protection on protection.episode = cine_referral_id
        left join pre_proceedings on pre_proceedings.episode = cine_referral_id
       where cine_person_id in (select child from chosen)
       group by cine_person_id
    ), disability as (
      select disa_person_id as child, json_agg(disa_disability_code order by disa_disability_code) as told
        from ssd_disability
       where disa_person_id in (select child from chosen)
       group by disa_person_id
    ), former_upn as (
      select distinct on (link_person_id) link_person_id as child, link_identifier_value as told
        from ssd_linked_identifiers
       where link_identifier_type = 'Former Unique Pupil Number' and link_person_id in (select child from chosen)
       order by link_person_id, link_valid_to_date desc nulls last, link_table_id desc
    )
    select json_strip_nulls(json_build_object(
             'ChildIdentifiers', json_build_object(
               'LAchildID', pers_person_id,
               'UPN', pers_upn,
               'FormerUPN', former_upn.told,
               'UPNunknown', pers_upn_unknown,
               'PersonBirthDate', pers_dob,
               'ExpectedPersonBirthDate', pers_expected_dob,
               'Sex', pers_sex,
               'GenderCurrent', right(pers_gender, 1),
               'PersonDeathDate', pers_death_date),
             'ChildCharacteristics', json_build_object(
               'Ethnicity', pers_ethnicity,
               'Disabilities', case when disability.told is not null then json_build_object('Disability', disability.told) end),
             'CINdetails', coalesce(episode.told, '[]'::json))) as child
      from ssd_person
      left join episode on episode.child = pers_person_id
      left join disability on disability.child = pers_person_id
      left join former_upn on former_upn.child = pers_person_id
     where pers_person_id in (select child from chosen)
     order by pers_person_id`
}

const oneOrNought = (column: string) => sql.raw(`(${column})::integer::text`)
