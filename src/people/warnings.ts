import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What a hazard is about (practice 13.1): risk to whoever visits, or care with what is told. */
export const hazardKinds = {
  violence: 'Violence or threats',
  weapons: 'Weapons',
  'visit-in-pairs': 'Visit in pairs',
  animal: 'An animal',
  premises: 'The building or its stairs',
  'person-at-address': 'Somebody at the address',
  infection: 'Infection',
  'self-harm': 'Self-harm',
  exploitation: 'Exploitation',
  allergy: 'Allergy',
  'address-not-to-be-told': 'Do not tell anybody the address',
  'contact-arrangement': 'An order or agreement about contact',
  other: 'Something else',
} as const satisfies Record<string, string>

/** What somebody may do to children. */
export const riskKinds = {
  'sexual-harm': 'sexual harm',
  'physical-harm': 'physical harm',
  'domestic-abuse': 'domestic abuse',
  'emotional-harm': 'emotional harm',
  neglect: 'neglect',
  exploitation: 'exploitation',
  abduction: 'taking a child away',
  radicalisation: 'drawing a child into extremism',
  other: 'other harm',
} as const satisfies Record<string, string>

/** How far what a warning rests on has come; an allegation is shown with what became of it (governance, Article 10). */
export const evidenceStatuses = {
  concern: 'Concern',
  allegation: 'Allegation',
  arrest: 'Arrest',
  charge: 'Charge',
  acquittal: 'Acquittal',
  'no-further-action': 'No further action',
  caution: 'Caution',
  conviction: 'Conviction',
  'spent-conviction': 'Spent conviction',
  'finding-of-court': 'Finding of a family court',
  assessment: 'Assessment of risk',
  other: 'Other',
} as const satisfies Record<string, string>

/** How a child is near somebody. */
export const viaWords: Readonly<Record<string, string>> = {
  relationship: 'related',
  household: 'same home',
  contact: 'contact',
}

/** A warning that is true of somebody on a day. */
export interface Warning {
  /** A hazard of their own or of whoever shares their address; a risk they may pose; somebody near who may pose one. */
  readonly what: 'hazard' | 'hazard-at-address' | 'own-risk' | 'risk'
  readonly id: string
  readonly kind: string | null
  /** Who may pose the risk; null for a hazard, and where they may not be named to this reader. */
  readonly called: string | null
  readonly words: string | null
  readonly from: Day
  readonly reviewOn: Day | null
  readonly via: string | null
}

/**
 * Every warning about these people on a day, the gravest first: for the bar above a record, and to be read before any
 * visit. Field group F24 has to be open.
 * @param people a person under every id
 */
export async function warningsOf(trx: Reading, people: readonly string[], on: Day): Promise<Warning[]> {
  const { rows } = await sql<{ warnings: Warning[] }>`
    select record.warnings_of(${[...people]}::uuid[], ${on}::date) as warnings`.execute(trx)
  return rows[0]!.warnings
}

/** A review that is past: the warning stands all the same, and never vanishes by itself (practice 13.1, WRN-01). */
export const reviewIsLate = ({ reviewOn }: Pick<Warning, 'reviewOn'>, on: Day): boolean =>
  reviewOn !== null && reviewOn < on

/** One warning in the words of the bar: 'Dean Holt may pose a risk to children: sexual harm'. */
export function warningWords(warning: Warning, on: Day): string {
  const late = reviewIsLate(warning, on) ? ' (review overdue)' : ''
  return `${saidOf(warning)}${late}`
}

function saidOf({ what, kind, called, words }: Warning): string {
  const harm = riskKinds[kind as keyof typeof riskKinds]
  if (what === 'own-risk') return `May pose a risk to children: ${harm}`
  if (what === 'risk')
    return called
      ? `${called} may pose a risk to children: ${harm}`
      : 'Somebody near may pose a risk to children: ring the duty manager'
  return what === 'hazard-at-address' ? `At this address: ${words}` : (words ?? '')
}
