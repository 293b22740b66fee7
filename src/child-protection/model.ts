import type { OriginCode } from '../people/origins.ts'
import { type Day, formatDate } from '../web/words.ts'
import type {
  Agency,
  Attendance,
  ConferenceDecision,
  ConferenceKind,
  DiscussionDecision,
  EndReason,
  Outcome,
} from './words.ts'

// ---------------------------------------------------------------------------------------------------------------------
// What may happen next: the tables of practice 4.1 and 5.1, and nothing besides.

/** The four things of this journey that have states, with every step each can take. */
const steps = {
  discussion: {
    asked: { convene: 'convened', hold: 'held', 'call-off': 'called-off' },
    convened: { convene: 'convened', hold: 'held', 'call-off': 'called-off' },
    held: { decide: 'decided' },
    decided: {},
    'called-off': {},
  },
  enquiry: {
    open: { discuss: 'open', submit: 'submitted' },
    submitted: { discuss: 'submitted', return: 'open', authorise: 'concluded' },
    concluded: { 'open-again': 'open' },
  },
  conference: {
    asked: { schedule: 'scheduled', cancel: 'cancelled' },
    scheduled: { postpone: 'scheduled', cancel: 'cancelled', hold: 'held' },
    held: { correct: 'held', 'send-minutes': 'held' },
    cancelled: {},
  },
  plan: {
    active: {
      'meet-core-group': 'active',
      continue: 'active',
      end: 'ended',
      'end-without-conference': 'ended',
      'take-back': 'taken-back',
    },
    ended: {},
    'taken-back': {},
  },
} as const satisfies Record<string, Record<string, Record<string, string>>>

export type Machine = keyof typeof steps
export type State<M extends Machine> = keyof (typeof steps)[M] & string

/** How a state is said within a sentence. */
const stateWords: Readonly<Record<string, string>> = {
  asked: 'has been asked for and has no day yet',
  convened: 'has a day and has not been held yet',
  held: 'has been held',
  decided: 'has been held and decided',
  'called-off': 'was called off',
  open: 'is open',
  submitted: 'waits for a manager’s signature',
  concluded: 'is concluded',
  scheduled: 'has a day and has not been held yet',
  cancelled: 'was cancelled',
  active: 'is in force',
  ended: 'has ended',
  'taken-back': 'was taken back as begun in error',
}
const machineWords: Readonly<Record<Machine, string>> = {
  discussion: 'The strategy discussion',
  enquiry: 'The enquiry',
  conference: 'The conference',
  plan: 'The plan',
}
const eventWords: Readonly<Record<string, string>> = {
  convene: 'be given a day',
  hold: 'be written up as held',
  decide: 'be decided',
  'call-off': 'be called off',
  discuss: 'have a further strategy discussion',
  submit: 'be given to a manager',
  return: 'be given back',
  authorise: 'be signed',
  'open-again': 'be opened again',
  schedule: 'be given a day',
  postpone: 'be postponed',
  cancel: 'be cancelled',
  correct: 'have its decision corrected',
  'send-minutes': 'have its minutes sent',
  'meet-core-group': 'have a core group',
  continue: 'be continued',
  end: 'be ended by a review',
  'end-without-conference': 'be ended without a conference',
  'take-back': 'be taken back',
}

/** Everything that can be asked of a machine, in whatever state. */
export const eventsOf = (machine: Machine): readonly string[] => [
  ...new Set(Object.values(steps[machine]).flatMap((each) => Object.keys(each))),
]
export const statesOf = (machine: Machine): readonly string[] => Object.keys(steps[machine])

export type Step = { readonly to: string } | { readonly refused: string }

/** What an event makes of a state, or in words why it cannot happen now. */
export function step(machine: Machine, from: string, event: string): Step {
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = steps[machine]
  const at = Object.hasOwn(table, from) ? table[from]! : {}
  if (Object.hasOwn(at, event)) return { to: at[event]! }
  const next = Object.keys(at).map((one) => eventWords[one])
  const can = next.length > 0 ? ` It can ${listedOr(next as string[])}.` : ' Nothing follows it.'
  return {
    refused: `${machineWords[machine]} ${stateWords[from] ?? 'is not there'}: it cannot ${eventWords[event] ?? 'do that'}.${can}`,
  }
}

const listedOr = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** The refusal of a step, or nothing. */
export function mayNot(machine: Machine, from: string, event: string): string | undefined {
  const found = step(machine, from, event)
  return 'refused' in found ? found.refused : undefined
}

/** In which state a row of each table is. */
export const discussionState = (one: {
  readonly planned_on: Day | null
  readonly held_on: Day | null
  readonly called_off_on: Day | null
}): State<'discussion'> =>
  one.called_off_on ? 'called-off' : one.held_on ? 'decided' : one.planned_on ? 'convened' : 'asked'

export const enquiryState = (one: {
  readonly s47_end_date: Day | null
  readonly submitted_on: Day | null
}): State<'enquiry'> => (one.s47_end_date ? 'concluded' : one.submitted_on ? 'submitted' : 'open')

export const conferenceState = (one: {
  readonly planned_on: Day | null
  readonly held_on: Day | null
  readonly cancelled_on: Day | null
}): State<'conference'> =>
  one.cancelled_on ? 'cancelled' : one.held_on ? 'held' : one.planned_on ? 'scheduled' : 'asked'

// ---------------------------------------------------------------------------------------------------------------------
// Strategy discussions

/** Who has to be there at least (practice 4.1). */
const discussionNeeds: readonly Agency[] = ['social-care', 'police', 'health']

export interface Present {
  readonly agency: Agency
  readonly attendance?: Attendance | null | undefined
}
const came = (people: readonly Present[]) => people.filter(({ attendance }) => attendance === 'attended')

/** Agencies a strategy discussion lacks: said, and no bar, since a child may not wait for them. */
export function missingFrom(people: readonly Present[]): readonly Agency[] {
  const there = new Set(came(people).map(({ agency }) => agency))
  return discussionNeeds.filter((agency) => !there.has(agency))
}

export const leadsToEnquiry = (decision: DiscussionDecision): boolean =>
  decision === 'section-47-single' || decision === 'section-47-joint'

/**
 * Why a decision does not fit a child as it stands. One enquiry is open at a time (CIN 8839, 8890): a further discussion
 * goes on in it, and does not begin its clock again.
 */
export function wrongDecision(decision: DiscussionDecision, enquiryOpen: boolean): string | undefined {
  if (enquiryOpen && leadsToEnquiry(decision))
    return 'An enquiry is open already: this discussion belongs to it, and its time goes on'
  if (!enquiryOpen && decision === 'enquiry-goes-on') return 'No enquiry is open that could go on'
  return undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// Who said it, and who may read it

const originOfAgency: Readonly<Record<Agency, OriginCode>> = {
  'social-care': 'worker',
  police: 'police',
  health: 'health',
  education: 'school',
  family: 'parent',
  child: 'child',
  advocate: 'professional',
  legal: 'professional',
  probation: 'professional',
  housing: 'professional',
  voluntary: 'professional',
  'other-authority': 'authority',
  other: 'public',
}

/**
 * What an agency said, by default: from whom it comes, and whether it goes into a copy for parents or the child. In a
 * strategy discussion nothing that others told does; in a conference, where parents sit at the table, only what police
 * and health told and what comes from outside the family is held back (governance B.14: material of the police once
 * travelled from such a meeting into another family's papers).
 */
export function handledAs(
  agency: Agency,
  meeting: 'discussion' | 'conference' | 'core-group',
): { readonly origin: OriginCode; readonly parentMayRead: boolean; readonly childMayRead: boolean } {
  const origin = originOfAgency[agency]
  if (origin === 'police' || origin === 'public') return { origin, parentMayRead: false, childMayRead: false }
  if (meeting === 'discussion') {
    const own = origin === 'worker'
    return { origin, parentMayRead: own, childMayRead: own }
  }
  const health = origin === 'health'
  return { origin, parentMayRead: !health, childMayRead: !health }
}

/** Whose copy of a record of a meeting it is. */
export type Reader = 'professionals' | 'parents' | 'child'
interface Handled {
  readonly origin: string
  readonly parentMayRead: boolean
  readonly childMayRead: boolean
}

/** What of a meeting's passages goes into a copy: what the police said leaves in no family's, whatever the marks say. */
export function passagesFor<P extends Handled>(passages: readonly P[], reader: Reader): P[] {
  if (reader === 'professionals') return [...passages]
  return passages.filter(
    (one) => one.origin !== 'police' && (reader === 'parents' ? one.parentMayRead : one.childMayRead),
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// Enquiries

/** What an enquiry says before it may go to a manager. */
export interface Findings {
  readonly seen: string | null | undefined
  readonly seenWords: string | null | undefined
  readonly medical: string | null | undefined
  readonly agenciesWords: string | null | undefined
  readonly siblingsWords: string | null | undefined
  readonly analysis: string | null | undefined
  readonly outcome: Outcome | null | undefined
  readonly noConferenceBecause: string | null | undefined
}

/** Whether a conference has to follow, as the census asks it. */
export const conferenceNeeded = (outcome: Outcome): boolean => outcome === 'conference'

/** Concerns that are borne out and lead to no conference: the reason is given and a manager signs it (practice 4.2). */
const reasonNeeded: readonly Outcome[] = ['no-continuing-risk', 'legal-action']

/** What is missing of an enquiry, by field: the guards of practice 4.1. */
export function wrongWithFindings(one: Findings, onPlan: boolean): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!one.seen) wrong.seen = 'Say whether the child was seen, and whether alone'
  else if (one.seen !== 'alone' && !one.seenWords) wrong.seenWords = 'Say why the child was not seen alone'
  if (!one.medical) wrong.medical = 'Say whether a medical was considered'
  if (!one.agenciesWords) wrong.agenciesWords = 'Say what each agency was asked and said'
  if (!one.siblingsWords) wrong.siblingsWords = 'Say how other children were considered'
  if (!one.analysis) wrong.analysis = 'Say what it means for the child'
  if (!one.outcome) wrong.outcome = 'Choose what the enquiry found'
  else if (reasonNeeded.includes(one.outcome) && !one.noConferenceBecause)
    wrong.noConferenceBecause = 'Say why no conference is held'
  else if (one.outcome === 'on-plan-already' && !onPlan)
    wrong.outcome = 'The child is on no child protection plan'
  return wrong
}

/** How the census tells of an outcome. */
export const censusOf = (outcome: Outcome): { icpcNotRequired: boolean; nothingFurther: boolean } => ({
  icpcNotRequired: !conferenceNeeded(outcome),
  nothingFurther: outcome === 'not-substantiated',
})

// ---------------------------------------------------------------------------------------------------------------------
// Conferences

/** Social care and so many other agencies: local (practice 5.1), and what an authority that asks more changes. */
export const otherAgenciesNeeded = 2

const notAgencies: readonly Agency[] = ['social-care', 'family', 'child', 'advocate', 'other']

/** Whether a conference may decide, and if not, why. */
export function quorum(people: readonly Present[]): { readonly quorate: boolean; readonly why: string } {
  const there = new Set(came(people).map(({ agency }) => agency))
  const others = [...there].filter((agency) => !notAgencies.includes(agency)).length
  if (!there.has('social-care')) return { quorate: false, why: 'Nobody of social care came' }
  if (others < otherAgenciesNeeded)
    return {
      quorate: false,
      why: `${others === 0 ? 'No other agency' : 'One other agency'} came: ${otherAgenciesNeeded} are needed`,
    }
  return { quorate: true, why: '' }
}

/** What a conference of a kind may decide. */
export const decisionsOf = (kind: ConferenceKind): readonly ConferenceDecision[] =>
  kind === 'review' ? ['continue', 'end'] : ['plan', 'no-plan']

export const makesPlan = (decision: ConferenceDecision): boolean =>
  decision === 'plan' || decision === 'continue'

/** Saturday or Sunday. */
type Weekday = (day: Day) => boolean

/** What is wrong with the day of a conference. */
export function wrongConferenceDay(
  kind: ConferenceKind,
  day: Day,
  {
    isWeekend,
    planSince,
    today,
  }: { isWeekend: Weekday; planSince?: Day | null | undefined; today?: Day | undefined },
): string | undefined {
  if (isWeekend(day))
    return 'A conference is not held on a Saturday or Sunday (the census refuses it, 8875): check the day'
  if (kind === 'review' && planSince && day <= planSince)
    return `The plan began on ${formatDate(planSince)}: a review is held later (the census refuses it, 8841)`
  if (today && day > today) return 'It has not been held yet'
  return undefined
}

export type EarlierPlan = 'none' | 'within-two-years' | 'longer-ago'

/** Whether a child was on a plan before, as is flagged when a second begins. */
export function earlierPlan(ended: readonly Day[], starts: Day, reportedElsewhere = 0): EarlierPlan {
  const last = ended
    .filter((day) => day <= starts)
    .sort()
    .at(-1)
  if (!last) return reportedElsewhere > 0 ? 'longer-ago' : 'none'
  const twoYears = `${Number(last.slice(0, 4)) + 2}${last.slice(4)}`
  return starts <= twoYears ? 'within-two-years' : 'longer-ago'
}

/**
 * How many plans a child had before: those on this record, and more where an earlier count that somebody reported knew
 * of plans elsewhere.
 */
export function plansBefore(plans: readonly { readonly reported: number | null }[]): number {
  return Math.max(plans.length, ...plans.map(({ reported }, place) => (reported ?? 0) + plans.length - place))
}

/** Ends of a plan that need no conference, decided by the chair with a senior manager (practice 5.1). */
export const endsWithoutConference: readonly EndReason[] = [
  'moved-away',
  'eighteen',
  'died',
  'abroad',
  'not-born',
]
export const endsAtReview: readonly EndReason[] = ['no-longer-at-risk', 'looked-after', 'moved-away']

/** What is wrong with ending a plan so. */
export function wrongWithEnding(
  plan: { readonly since: Day; readonly born: Day | null; readonly died: Day | null },
  { on, reason }: { on: Day; reason: EndReason },
): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (on <= plan.since)
    wrong.on = `The plan began on ${formatDate(plan.since)}: it cannot end on that day or before (the census refuses it, 8840)`
  if (reason === 'eighteen' && plan.born && on < birthday(plan.born, 18))
    wrong.reason = `The child turns 18 on ${formatDate(birthday(plan.born, 18))}`
  if (reason === 'died' && !plan.died)
    wrong.reason = 'The record does not say that the child died. Record that first'
  if (reason === 'not-born' && plan.born) wrong.reason = 'The child was born'
  return wrong
}

const birthday = (born: Day, age: number): Day => `${Number(born.slice(0, 4)) + age}${born.slice(4)}`

// ---------------------------------------------------------------------------------------------------------------------
// The plan as a family reads it

interface Line {
  readonly familyMayRead: boolean
}
/** Lines of a plan for the family's own copy. */
export const linesForFamily = <L extends Line>(lines: readonly L[]): L[] =>
  lines.filter(({ familyMayRead }) => familyMayRead)
