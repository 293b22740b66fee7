/*
 * An incident with personal information: what follows from what is known of it (governance B.14; UK GDPR Articles 33
 * and 34). What is worked out here is proposed; a person decides and is named.
 */

export const incidentKinds = {
  'wrong-person': 'It went to the wrong person',
  'wrong-address': 'It went to the wrong address',
  seen: 'Somebody saw what they should not',
  lost: 'It was lost',
  stolen: 'It was stolen',
  published: 'It was made public',
  changed: 'It was changed or destroyed',
  unavailable: 'It could not be reached when it was needed',
  other: 'Something else',
} as const
export type IncidentKind = keyof typeof incidentKinds

/** What puts somebody in danger at once: high risk whatever else is known, and a safety plan before any paper. */
export const dangers = {
  'protected-address': 'An address that must stay secret',
  'adoptive-identity': 'Who adopted a child, or where they live',
  informant: 'Who told us of a worry',
  'plan-to-alleged-perpetrator': 'A plan or report, to the person who is said to have done harm',
  witness: 'Who is a witness',
} as const
export type Danger = keyof typeof dangers

/** Hours from becoming aware until the regulator is to be told, weekends too (UK GDPR Article 33(1)). */
export const regulatorHours = 72
const hour = 3_600_000

/** By when the regulator is to be told. */
export const regulatorDue = (awareAt: Date): Date => new Date(awareAt.getTime() + regulatorHours * hour)

/** Whole hours left, below nought when late: 71 just after the first minute. */
export const hoursLeft = (awareAt: Date, now: Date): number =>
  Math.floor((regulatorDue(awareAt).getTime() - now.getTime()) / hour)

/** '66 hours left', '8 hours late', 'less than an hour late'. */
export function leftWords(hours: number): string {
  const count = (n: number) => `${n} ${n === 1 ? 'hour' : 'hours'}`
  if (hours >= 0) return hours === 0 ? 'less than an hour left' : `${count(hours)} left`
  return hours === -1 ? 'less than an hour late' : `${count(-hours - 1)} late`
}

/** The questions of the risk, each answered from 0 to 4. */
export const riskQuestions = {
  sensitivity: 'How sensitive is it?',
  identifiability: 'How easily is somebody recognised?',
  hostility: 'How likely is whoever has it to do harm?',
  containment: 'How far is it out of our hands?',
  vulnerability: 'How vulnerable are those it is about?',
  number: 'How many people?',
  irreversibility: 'How hard is it to undo?',
} as const
export type RiskQuestion = keyof typeof riskQuestions
export type RiskAnswers = Readonly<Record<RiskQuestion, number>>

export type Risk = 'unlikely' | 'risk' | 'high'
export const riskWords: Readonly<Record<Risk, string>> = {
  unlikely: 'Unlikely to be a risk: written down, nobody outside is told',
  risk: 'A risk: the regulator is told',
  high: 'A high risk: the regulator and the people are told',
}

/** The risk that the answers propose. One answer of 4 among those that harm people is never 'unlikely'. */
export function riskOf(answers: RiskAnswers, found: readonly Danger[]): Risk {
  if (found.length > 0 || answers.hostility === 4) return 'high'
  const sum = Object.values(answers).reduce((total, one) => total + one, 0)
  if (sum >= 17) return 'high'
  const sharp = Math.max(answers.sensitivity, answers.vulnerability, answers.containment)
  return sum >= 9 || sharp === 4 ? 'risk' : 'unlikely'
}

export type StepKind =
  | 'safety'
  | 'containment'
  | 'risk'
  | 'regulator'
  | 'told'
  | 'not-told'
  | 'partner'
  | 'lesson'
  | 'note'
  | 'closed'
  | 'reopened'

export const stepWords: Readonly<Record<StepKind, string>> = {
  safety: 'Safety plan',
  containment: 'Containment',
  risk: 'Risk judged',
  regulator: 'Regulator told',
  told: 'People told',
  'not-told': 'Decided not to tell',
  partner: 'Others told',
  lesson: 'What was learnt',
  note: 'Note',
  closed: 'Closed',
  reopened: 'Opened again',
}

export interface Step {
  readonly kind: StepKind
  readonly happenedAt: Date
  readonly body: Readonly<Record<string, unknown>>
}

export interface Known {
  readonly awareAt: Date
  readonly nearMiss: boolean
  readonly dangers: readonly Danger[]
  readonly stillOut: 'yes' | 'no' | 'not-known'
  readonly steps: readonly Step[]
}

const has = ({ steps }: Known, kind: StepKind) => steps.some((one) => one.kind === kind)

/** The risk somebody judged last; undefined while nobody has. */
export const judged = ({ steps }: Known): Risk | undefined =>
  steps.filter(({ kind }) => kind === 'risk').at(-1)?.body.risk as Risk | undefined

export const isClosed = ({ steps }: Known): boolean =>
  steps.filter(({ kind }) => kind === 'closed' || kind === 'reopened').at(-1)?.kind === 'closed'

/** Something that is still to be done, what comes first standing first. */
export interface ToDo {
  readonly kind: StepKind
  readonly says: string
  readonly dueAt?: Date
}

/** What is still to be done: people are made safe before anything is written for the regulator. */
export function toDo(known: Known): ToDo[] {
  if (isClosed(known)) return []
  const risk = judged(known)
  const left: ToDo[] = []
  if (known.dangers.length > 0 && !has(known, 'safety'))
    left.push({ kind: 'safety', says: 'Make a safety plan with the social work manager, now' })
  if (known.stillOut !== 'no' && !has(known, 'containment'))
    left.push({ kind: 'containment', says: 'Get it back, or make sure that nobody reads on' })
  if (risk === undefined) left.push({ kind: 'risk', says: 'Judge the risk' })
  if (risk !== 'unlikely' && !known.nearMiss && !has(known, 'regulator'))
    left.push({ kind: 'regulator', says: 'Tell the regulator', dueAt: regulatorDue(known.awareAt) })
  if (risk === 'high' && !has(known, 'told') && !has(known, 'not-told'))
    left.push({ kind: 'told', says: 'Tell the people, or decide with a reason not to' })
  if (!has(known, 'lesson')) left.push({ kind: 'lesson', says: 'Say what was learnt' })
  return left
}

/** Why it cannot be closed yet; empty when it can. */
export const whyNotClosed = (known: Known): string[] =>
  isClosed(known) ? ['It is closed already'] : toDo(known).map(({ says }) => says)
