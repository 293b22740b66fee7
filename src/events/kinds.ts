import { labelOf } from '../codes/codes.ts'

/** A row of the table that holds the fact, by its columns. */
export type Fact = Readonly<Record<string, unknown>>

/** The part of a child's life an event belongs to: what a chronology filters by. */
export type Area =
  | 'person'
  | 'need'
  | 'protection'
  | 'court'
  | 'care'
  | 'health'
  | 'adoption'
  | 'people'
  | 'visit'

/** Who is told when it happens, besides whoever wrote it. */
export type Hearer = 'allocated-worker' | 'team-manager' | 'reviewing-officer' | 'conference-chair'

export interface EventKind {
  readonly kind: string
  /** The table whose fact it is, and the date of that fact. The database declares the same with foundation.tells. */
  readonly table: string
  readonly date: string
  /** Field group that opens it; `row`: each fact says its own. */
  readonly group: string
  readonly area: Area
  /** Its line in the chronology. */
  readonly words: (fact: Fact) => string
  readonly hears: readonly Hearer[]
}

const kind = (
  name: string,
  [table, date, group]: readonly [table: string, date: string, group: string],
  area: Area,
  words: string | ((fact: Fact) => string),
  hears: readonly Hearer[] = [],
): EventKind => ({
  kind: name,
  table,
  date,
  group,
  area,
  words: typeof words === 'string' ? () => words : words,
  hears,
})

/** What a code says, in brackets or after a comma, and nothing where there is no code. */
const said = (fact: Fact, column: string, set: string, before: string, after = ''): string =>
  typeof fact[column] === 'string' ? `${before}${small(labelOf(set, fact[column]))}${after}` : ''
/** A label within a sentence: a small letter first, unless the word is an abbreviation. */
const small = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label
const text = (fact: Fact, column: string, before: string): string =>
  typeof fact[column] === 'string' ? `${before}${fact[column]}` : ''

const worker: readonly Hearer[] = ['allocated-worker']
const workerAndManager: readonly Hearer[] = ['allocated-worker', 'team-manager']
const careTeam: readonly Hearer[] = ['allocated-worker', 'team-manager', 'reviewing-officer']
const conferenceTeam: readonly Hearer[] = ['allocated-worker', 'team-manager', 'conference-chair']

/** The one list of what can happen. The database makes an event of each as its fact is written (0280_events.sql). */
export const eventKinds: readonly EventKind[] = [
  kind('born', ['person', 'date_of_birth', 'F01'], 'person', ({ date_of_birth_estimated }) =>
    date_of_birth_estimated ? 'Born (the date is an estimate)' : 'Born',
  ),
  kind('died', ['person', 'died_on', 'F01'], 'person', 'Died', [
    'allocated-worker',
    'team-manager',
    'reviewing-officer',
    'conference-chair',
  ]),
  kind('moved-in', ['address', 'from_day', 'row'], 'person', (fact) =>
    fact.kind === 'home'
      ? `Moved${text(fact, 'postcode', ' to ')}`
      : `New ${fact.kind} address${text(fact, 'postcode', ', ')}`,
  ),
  kind(
    'records-merged',
    ['person_alias', 'merged_on', 'F05'],
    'person',
    (fact) => `Two records found to be of one person, and joined${text(fact, 'reason', ': ')}`,
    workerAndManager,
  ),
  kind(
    'records-parted',
    ['person_alias', 'parted_on', 'F05'],
    'person',
    (fact) => `Two records found to be of two people, and parted${text(fact, 'parted_because', ': ')}`,
    workerAndManager,
  ),
  kind(
    'hazard-noted',
    ['hazard', 'from_day', 'F24'],
    'people',
    (fact) => `Warning noted${text(fact, 'words', ': ')}`,
    workerAndManager,
  ),
  kind(
    'risk-noted',
    ['risk_posed', 'from_day', 'F24'],
    'people',
    'Noted as somebody who may pose a risk to children',
  ),
  kind(
    'risk-ended',
    ['risk_posed', 'to_day', 'F24'],
    'people',
    (fact) => `No longer thought to pose a risk to children${text(fact, 'end_words', ': ')}`,
  ),
  kind(
    'risk-linked',
    ['risk_link', 'from_day', 'F24'],
    'people',
    'Found to be near somebody who may pose a risk to children',
    workerAndManager,
  ),
  kind(
    'risk-unlinked',
    ['risk_link', 'to_day', 'F24'],
    'people',
    'No longer near somebody who may pose a risk to children',
    workerAndManager,
  ),
  kind(
    'parent-not-known',
    ['unknown_parent', 'from_day', 'F07'],
    'people',
    (fact) => `${parentOf(fact)} recorded as not known`,
  ),
  kind(
    'parent-known',
    ['unknown_parent', 'to_day', 'F07'],
    'people',
    (fact) => `${parentOf(fact)} became known`,
  ),
  kind(
    'contact-arranged',
    ['contact_arrangement', 'from_day', 'F07'],
    'people',
    (fact) => `Decided who may see, fetch or find them${text(fact, 'other_name', ': ')}`,
  ),
  kind(
    'contact-arrangement-ended',
    ['contact_arrangement', 'to_day', 'F07'],
    'people',
    (fact) => `A decision about contact ended${text(fact, 'other_name', ': ')}`,
  ),
  kind(
    'entry-taken-back',
    ['taken_back', 'taken_back_on', 'row'],
    'people',
    (fact) => `An entry made in error was taken out${text(fact, 'reason', ': ')}`,
  ),
  kind(
    'case-audited',
    ['case_audit', 'audited_on', 'F25'],
    'people',
    'This record was read in a practice audit',
  ),
  kind(
    'night-was-told',
    ['tonight', 'from_day', 'F24'],
    'people',
    'The emergency duty team was told what to know',
  ),
  kind(
    'transfer-proposed',
    ['transfer', 'proposed_on', 'F25'],
    'people',
    'Another worker or team was asked to take over',
  ),
  kind(
    'transfer-accepted',
    ['transfer', 'accepted_on', 'F25'],
    'people',
    'Taken on by another worker or team',
  ),
  kind(
    'transfer-returned',
    ['transfer', 'returned_on', 'F25'],
    'people',
    (fact) => `Not taken on yet${text(fact, 'answer_words', ': ')}`,
  ),
  kind(
    'noted-as-significant',
    ['case_note', 'significant_on', 'F25'],
    'visit',
    (fact) => `${text(fact, 'significant_words', '') || 'A note marked as significant'}`,
  ),
  kind(
    'child-seen',
    ['visit', 'seen_on', 'F26'],
    'visit',
    ({ seen_alone }) => `Seen at a visit${seen_alone ? ', alone' : ''}`,
    worker,
  ),
  kind(
    'document-filed',
    ['document', 'filed_on', 'row'],
    'people',
    (fact) => `Document filed${text(fact, 'title', ': ')}`,
  ),
  kind('visit-attempted', ['visit', 'attempted_on', 'F26'], 'visit', 'A visit was tried; not seen', worker),
  kind(
    'worker-began',
    ['involvement', 'from_day', 'F26'],
    'people',
    (fact) => `${roleOf(fact)} began${text(fact, 'worker_name', ': ')}`,
    workerAndManager,
  ),
  kind(
    'worker-ended',
    ['involvement', 'to_day', 'F26'],
    'people',
    (fact) =>
      `${roleOf(fact)} ended${text(fact, 'worker_name', ': ')}${said(fact, 'change_reason', 'worker_change_reason', ' (', ')')}`,
  ),

  kind(
    'contact-received',
    ['contact', 'contact_date', 'F11'],
    'need',
    (fact) => `Contact${said(fact, 'contact_source_code', 'referral_source', ' from ')}`,
    workerAndManager,
  ),
  kind(
    'contact-decided',
    ['contact', 'decided_on', 'F11'],
    'need',
    (fact) => `Contact decided${text(fact, 'contact_outcome', ': ')}`,
    worker,
  ),
  kind(
    'referral-received',
    ['referral', 'referral_date', 'F11'],
    'need',
    (fact) =>
      `Referred${said(fact, 'referral_source_code', 'referral_source', ' (', ')')}${fact.referral_nfa === true ? '; no further action' : said(fact, 'cin_primary_need_code', 'primary_need', ': ')}`,
    workerAndManager,
  ),
  kind(
    'case-closed',
    ['referral', 'close_date', 'F11'],
    'need',
    (fact) => `Case closed${said(fact, 'close_reason', 'reason_for_closure', ': ')}`,
    workerAndManager,
  ),
  kind(
    'early-help-requested',
    ['early_help', 'requested_on', 'F12'],
    'need',
    (fact) => `Early help asked for${text(fact, 'reason', ': ')}`,
  ),
  kind(
    'early-help-accepted',
    ['early_help', 'accepted_on', 'F12'],
    'need',
    (fact) => `Early help taken on${text(fact, 'organisation', ' by ')}`,
    worker,
  ),
  kind(
    'early-help-assessed',
    ['early_help', 'assessment_on', 'F12'],
    'need',
    (fact) => `Early help assessment finished${text(fact, 'plan_headline', ': ')}`,
    worker,
  ),
  kind('early-help-ended', ['early_help', 'ended_on', 'F12'], 'need', 'Early help ended', workerAndManager),
  kind(
    'team-around-family-met',
    ['early_help_meeting', 'team_around_family_on', 'F12'],
    'need',
    'The team around the family met',
    worker,
  ),
  kind(
    'early-help-reviewed',
    ['early_help_meeting', 'review_on', 'F12'],
    'need',
    'Early help reviewed',
    worker,
  ),
  kind(
    'assessment-started',
    ['assessment', 'assessment_start_date', 'F12'],
    'need',
    'Assessment started',
    worker,
  ),
  kind(
    'assessment-overseen',
    ['assessment_review', 'held_on', 'F12'],
    'need',
    (fact) =>
      `A manager looked at the assessment${fact.decided === 'conclude' ? ': it can be concluded' : ''}`,
    worker,
  ),
  kind(
    'assessment-authorised',
    ['assessment', 'assessment_auth_date', 'F12'],
    'need',
    'Assessment finished and signed off',
    worker,
  ),
  kind(
    'child-in-need-plan-started',
    ['cin_plan', 'cin_plan_start_date', 'F12'],
    'need',
    'Child in need plan began',
    worker,
  ),
  kind(
    'child-in-need-review-held',
    ['cin_plan_review', 'held_on', 'F12'],
    'need',
    'Child in need plan reviewed',
    worker,
  ),
  kind(
    'child-in-need-plan-ended',
    ['cin_plan', 'cin_plan_end_date', 'F12'],
    'need',
    'Child in need plan ended',
    workerAndManager,
  ),

  kind(
    'section-47-started',
    ['section_47', 's47_start_date', 'F13'],
    'protection',
    (fact) =>
      `Section 47 enquiry began${fact.icpc_not_required === true && !fact.s47_end_date ? '; no conference was needed' : ''}`,
    workerAndManager,
  ),
  kind(
    'section-47-ended',
    ['section_47', 's47_end_date', 'F13'],
    'protection',
    (fact) =>
      `Section 47 enquiry ended${fact.icpc_not_required === true ? ': no conference was needed' : ''}`,
    workerAndManager,
  ),
  kind(
    'initial-conference-held',
    ['initial_conference', 'icpc_date', 'F09'],
    'protection',
    (fact) =>
      `Initial child protection conference${fact.icpc_transfer_in === true ? ', on moving here' : ''}${fact.icpc_outcome_cp === true ? ': a plan was made' : ''}`,
    conferenceTeam,
  ),
  kind(
    'child-protection-plan-started',
    ['child_protection_plan', 'cp_plan_start_date', 'F09'],
    'protection',
    (fact) =>
      `Child protection plan began${said(fact, 'cp_plan_initial_category', 'category_of_abuse', ': ')}`,
    conferenceTeam,
  ),
  kind(
    'child-protection-plan-ended',
    ['child_protection_plan', 'cp_plan_end_date', 'F09'],
    'protection',
    'Child protection plan ended',
    conferenceTeam,
  ),
  kind(
    'child-protection-review-held',
    ['child_protection_review', 'cp_review_date', 'F09'],
    'protection',
    (fact) =>
      `Child protection review${fact.cp_review_outcome_continue_cp === true ? ': the plan goes on' : fact.cp_review_outcome_continue_cp === false ? ': the plan ends' : ''}`,
    conferenceTeam,
  ),

  kind(
    'strategy-discussion-asked',
    ['strategy_discussion', 'sought_on', 'F13'],
    'protection',
    ({ urgent }) => `Strategy discussion asked for${urgent === true ? ', today' : ''}`,
    workerAndManager,
  ),
  kind(
    'strategy-discussion-held',
    ['strategy_discussion', 'held_on', 'F13'],
    'protection',
    (fact) => `Strategy discussion${fact.further === true ? ' within the enquiry' : ''}`,
    workerAndManager,
  ),
  kind(
    'conference-planned',
    ['conference', 'meets_on', 'F14'],
    'protection',
    ({ conference }) =>
      conference === 'review' ? 'Review conference called' : 'Child protection conference called',
    conferenceTeam,
  ),
  kind(
    'conference-cancelled',
    ['conference', 'cancelled_on', 'F14'],
    'protection',
    (fact) => `Child protection conference called off${text(fact, 'cancelled_because', ': ')}`,
    conferenceTeam,
  ),
  kind(
    'conference-report-shared',
    ['conference', 'report_shared_on', 'F14'],
    'protection',
    'Report for the conference shared with the family',
    worker,
  ),
  kind('outline-plan-sent', ['conference', 'outline_plan_sent_on', 'F14'], 'protection', 'Outline plan sent'),
  kind(
    'conference-minutes-sent',
    ['conference', 'minutes_sent_on', 'F14'],
    'protection',
    'Minutes of the conference sent',
  ),
  kind(
    'child-protection-transfer-notified',
    ['conference', 'transfer_notified_on', 'F14'],
    'protection',
    (fact) => `Told that a child on a plan moved here${text(fact, 'transfer_from', ' from ')}`,
    conferenceTeam,
  ),
  kind('core-group-held', ['core_group', 'held_on', 'F14'], 'protection', 'Core group met', worker),
  kind(
    'long-plan-overseen',
    ['plan_oversight', 'overseen_on', 'F14'],
    'protection',
    'A senior manager looked at how long the plan has run',
    workerAndManager,
  ),

  kind(
    'pre-proceedings-started',
    ['pre_proceedings', 'pp_start_date', 'F08'],
    'court',
    'Decided to begin pre-proceedings',
    workerAndManager,
  ),
  kind(
    'letter-before-proceedings-sent',
    ['pre_proceedings', 'lbp_sent_date', 'F08'],
    'court',
    (fact) =>
      `Letter before proceedings sent${fact.fgdm_meeting_offer === true ? ', with the offer of a family meeting' : ''}`,
    worker,
  ),
  kind(
    'pre-proceedings-meeting-held',
    ['pre_proceedings', 'initial_pp_meeting_date', 'F08'],
    'court',
    'First pre-proceedings meeting',
    worker,
  ),
  kind(
    'pre-proceedings-decided',
    ['pre_proceedings', 'step_decision_date', 'F08'],
    'court',
    (fact) =>
      `Decided how pre-proceedings end${said(fact, 'pp_outcome', 'pre_proceedings_outcome', ' (', ')')}`,
    workerAndManager,
  ),
  kind(
    'court-application-made',
    ['pre_proceedings', 'court_app_date', 'F08'],
    'court',
    'Application made to the court',
    workerAndManager,
  ),
  kind(
    'care-proceedings-letter-sent',
    ['pre_proceedings', 'letter_init_cp_date', 'F08'],
    'court',
    'Letter sent that care proceedings begin',
    worker,
  ),

  kind(
    'care-began',
    ['period_of_care', 'start_date', 'F10'],
    'care',
    (fact) => (fact.short_breaks === true ? 'Short break began' : 'Came into care'),
    careTeam,
  ),
  kind(
    'care-ended',
    ['period_of_care', 'end_date', 'F10'],
    'care',
    (fact) =>
      fact.short_breaks === true
        ? 'Short break ended'
        : `Left care${said(fact, 'end_reason', 'reason_episode_ceased', ': ')}`,
    careTeam,
  ),
  kind(
    'placement-began',
    ['placement', 'start_date', 'F10'],
    'care',
    (fact) => `Placement${said(fact, 'place', 'placement_type', ': ') || ' began'}`,
    careTeam,
  ),
  kind(
    'placement-ended',
    ['placement', 'end_date', 'F10'],
    'care',
    (fact) =>
      `Placement ended${said(fact, 'reason_place_change', 'reason_place_change', ': ') || said(fact, 'place', 'placement_type', ' (', ')')}`,
    careTeam,
  ),
  kind(
    'legal-status-began',
    ['legal_status', 'start_date', 'F08'],
    'care',
    (fact) => `Legal status${said(fact, 'legal_status', 'legal_status', ': ')}`,
    careTeam,
  ),
  kind(
    'legal-status-ended',
    ['legal_status', 'end_date', 'F08'],
    'care',
    (fact) => `Legal status ended${said(fact, 'legal_status', 'legal_status', ': ')}`,
    careTeam,
  ),
  kind(
    'looked-after-review-held',
    ['looked_after_review', 'review', 'F15'],
    'care',
    (fact) => `Looked-after review${said(fact, 'review_code', 'review_code', ': ')}`,
    careTeam,
  ),
  kind(
    'went-missing',
    ['missing_episode', 'mis_start', 'F15'],
    'care',
    ({ missing }) => (missing === 'A' ? 'Away from placement without leave' : 'Went missing'),
    careTeam,
  ),
  kind(
    'found',
    ['missing_episode', 'mis_end', 'F15'],
    'care',
    ({ missing }) => (missing === 'A' ? 'Back at placement' : 'Found'),
    careTeam,
  ),
  kind(
    'deprivation-of-liberty-began',
    ['deprivation_of_liberty', 'dolo_start', 'F08'],
    'court',
    'Deprivation of liberty order began',
    careTeam,
  ),
  kind(
    'deprivation-of-liberty-ended',
    ['deprivation_of_liberty', 'dolo_end', 'F08'],
    'court',
    'Deprivation of liberty order ended',
    careTeam,
  ),
  kind(
    'social-worker-began',
    ['social_worker_episode', 'sw_decom', 'F26'],
    'people',
    (fact) =>
      `Social worker changed${text(fact, 'sw_id', ' to ')}${said(fact, 'sw_reason', 'worker_change_reason', ' (', ')')}`,
  ),
  kind(
    'social-worker-ended',
    ['social_worker_episode', 'sw_dec', 'F26'],
    'people',
    (fact) => `Social worker${text(fact, 'sw_id', ' ')} ended`,
  ),
  kind(
    'sdq-completed',
    ['sdq', 'sdq_completed_date', 'F17'],
    'health',
    (fact) =>
      `Strengths and difficulties questionnaire${typeof fact.sdq_score === 'number' ? `: ${fact.sdq_score} of 40` : ''}`,
    worker,
  ),

  kind(
    'nhs-record-viewed',
    ['nhs_viewing', 'viewed_on', 'F11'],
    'health',
    (fact) =>
      `Looked up by health${text(fact, 'organisation', ': ')}${fact.of_mother === true ? ' (the mother)' : ''}. It does not say that the child was there, or why`,
    workerAndManager,
  ),
  kind(
    'nhs-number-ended',
    ['nhs_number_ended', 'told_on', 'F05'],
    'health',
    'The NHS no longer uses the NHS number on record',
    worker,
  ),

  kind(
    'adoption-decided',
    ['adoption', 'date_int', 'F21'],
    'adoption',
    'Decided that adoption is in the child’s interest',
    careTeam,
  ),
  kind('adopters-matched', ['adoption', 'date_match', 'F21'], 'adoption', 'Matched with adopters', careTeam),
  kind(
    'placing-for-adoption-decided',
    ['placed_for_adoption', 'date_placed', 'F21'],
    'adoption',
    'Decided that the child should be placed for adoption',
    careTeam,
  ),
  kind(
    'placing-for-adoption-reversed',
    ['placed_for_adoption', 'date_placed_ceased', 'F21'],
    'adoption',
    (fact) =>
      `Decision to place for adoption reversed${said(fact, 'reason_placed_ceased', 'reason_placed_ceased', ': ')}`,
    careTeam,
  ),
  kind('form-completed', ['form', 'completed_on', 'row'], 'people', (fact) => `${fact.title} done`, worker),
  kind(
    'work-submitted',
    ['sign_off', 'submitted_on', 'row'],
    'people',
    (fact) => `Sent for signature: ${fact.title}`,
    ['team-manager'],
  ),
  kind(
    'work-returned',
    ['sign_off', 'returned_on', 'row'],
    'people',
    (fact) => `Returned with reasons: ${fact.title}`,
    worker,
  ),
  kind(
    'work-authorised',
    ['sign_off', 'authorised_on', 'row'],
    'people',
    (fact) => `Signed: ${fact.title}`,
    worker,
  ),
  kind(
    'due-decided',
    ['due_decision', 'decided_on', 'row'],
    'people',
    (fact) =>
      `${fact.kind === 'not-required' ? 'Decided that it need not be done' : 'Said why it is late'} (${fact.clock})${text(fact, 'reason', ': ')}`,
    workerAndManager,
  ),
]

const roles: Record<string, string> = {
  allocated: 'Allocated worker',
  'co-working': 'Co-worker',
  team: 'Team',
  'personal-adviser': 'Personal adviser',
  'reviewing-officer': 'Independent reviewing officer',
  'conference-chair': 'Conference chair',
  'supervising-social-worker': 'Carers’ social worker',
  'adoption-worker': 'Adoption worker',
}
const parentOf = ({ parent }: Fact): string =>
  parent === 'mother' ? 'Mother' : parent === 'father' ? 'Father' : 'Second parent'

function roleOf(fact: Fact): string {
  return roles[String(fact.kind)] ?? 'Worker'
}

const byKind = new Map(eventKinds.map((one) => [one.kind, one]))

/**
 * One kind by its name.
 * @throws when the list does not have it: the database declares a kind that this version does not know
 */
export function eventKind(name: string): EventKind {
  const found = byKind.get(name)
  if (!found) throw new Error(`There is no kind of event ${name}`)
  return found
}
