/** Fields of the dataset that the record does not hold: the views have them, always empty. */
export interface NotHeld {
  table: string
  /** The whole table when absent. */
  fields?: readonly string[]
  because: string
}

const contacts = 'A note does not say which of its writers is the reviewing officer'
const needs = 'Special educational needs are kept by the education service; no return brings them here'
const years = 'The looked-after return tells of the year, not of the day or what it was'
const court = 'No return asks it, and proceedings are not written up in the record yet'
const leaving = 'Pathway planning is not written up in the record yet'
const staff = 'Kept by the authority’s staff system, not with accounts'

export const notHeld: readonly NotHeld[] = [
  { table: 'ssd_person', fields: ['pers_send_flag'], because: needs },
  {
    table: 'ssd_family',
    because: 'Families are relationships between people; the record gives them no number',
  },
  {
    table: 'ssd_cin_episodes',
    fields: ['cine_referral_source_desc'],
    because: 'The words of a code are those of its code set (src/codes), not a fact of the referral',
  },
  {
    table: 'ssd_initial_cp_conference',
    fields: ['icpc_icpc_meeting_id'],
    because: 'A conference is recorded for each child; meetings are not a record of their own yet',
  },
  {
    table: 'ssd_cp_reviews',
    fields: ['cppr_cp_review_meeting_id'],
    because: 'A review is recorded for each child; meetings are not a record of their own yet',
  },
  {
    table: 'ssd_pre_proceedings',
    fields: [
      'prep_plo_family_id',
      'prep_cp_plans_referral_period',
      'prep_legal_gateway_outcome',
      'prep_prev_pre_proc_child',
      'prep_prev_care_proc_child',
      'prep_pre_pro_parents_legal_rep',
      'prep_parents_legal_rep_point_of_issue',
      'prep_court_reference',
      'prep_care_proc_court_hearings',
      'prep_care_proc_short_notice',
      'prep_proc_short_notice_reason',
      'prep_la_inital_plan_approved',
      'prep_la_initial_care_plan',
      'prep_la_final_plan_approved',
      'prep_la_final_care_plan',
    ],
    because: court,
  },
  {
    table: 'ssd_cla_episodes',
    fields: ['clae_referral_id'],
    because: 'No return ties care to the referral it came from, and dates alone would guess',
  },
  { table: 'ssd_cla_episodes', fields: ['clae_cla_last_iro_contact_date'], because: contacts },
  {
    table: 'ssd_cla_placement',
    fields: ['clap_cla_placement_distance'],
    because: 'Worked out from two postcodes and a postcode directory, which is not at hand',
  },
  { table: 'ssd_cla_care_plan', because: 'Care plans are not written up in the record yet' },
  {
    table: 'ssd_cla_convictions',
    fields: ['clac_cla_conviction_date', 'clac_cla_conviction_offence'],
    because: years,
  },
  { table: 'ssd_cla_health', fields: ['clah_health_check_date'], because: years },
  { table: 'ssd_cla_immunisations', fields: ['clai_immunisations_status_date'], because: years },
  {
    table: 'ssd_cla_substance_misuse',
    fields: ['clas_substance_misuse_date', 'clas_substance_misused'],
    because: years,
  },
  {
    table: 'ssd_care_leavers',
    fields: [
      'clea_care_leaver_eligibility',
      'clea_care_leaver_latest_contact',
      'clea_pathway_plan_review_date',
    ],
    because: leaving,
  },
  {
    table: 'ssd_permanence',
    fields: [
      'perm_ffa_cp_decision_date',
      'perm_placed_ffa_cp_date',
      'perm_placed_foster_carer_date',
      'perm_part_of_sibling_group',
      'perm_siblings_placed_together',
      'perm_siblings_placed_apart',
      'perm_placement_provider_urn',
      'perm_adoption_worker_id',
    ],
    because: 'No return asks it, and family finding is not written up in the record yet',
  },
  {
    table: 'ssd_professionals',
    fields: [
      'prof_staff_id',
      'prof_social_worker_registration_no',
      'prof_professional_caseload',
      'prof_full_time_equivalency',
      'prof_agency_worker_flag',
    ],
    because: staff,
  },
  {
    table: 'ssd_involvements',
    fields: ['invo_referral_id'],
    because: 'A worker is allocated to a child, not to a referral',
  },
  { table: 'ssd_voice_of_child', because: 'A drafted questionnaire that nobody asks children yet' },
  { table: 'ssd_send', because: needs },
  { table: 'ssd_sen_need', because: needs },
  { table: 'ssd_ehcp_requests', because: needs },
  { table: 'ssd_ehcp_assessment', because: needs },
  { table: 'ssd_ehcp_named_plan', because: needs },
  { table: 'ssd_ehcp_active_plans', because: needs },
  { table: 'ssd_s251_finance', because: 'Columns not agreed nationally; costs are kept by finance' },
  { table: 'ssd_api_data_staging', because: 'The daily exchange with the DfE is not built yet' },
  {
    table: 'ssd_version_log',
    fields: ['release_date', 'created_at', 'created_by', 'impact_description'],
    because: 'The changelog tells it; the database keeps the version only',
  },
  { table: 'ssd_cohort', fields: ['has_eligibility'], because: leaving },
]
