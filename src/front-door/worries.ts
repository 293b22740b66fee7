import { sql, type Transaction } from 'kysely'
import { labelOf } from '../codes/codes.ts'
import { type Day, formatShortDate } from '../web/words.ts'
import { decisions, said } from './words.ts'

/** One earlier worry about somebody, a line: when, what kind of source, what was decided. */
export interface Worry {
  readonly person: string
  readonly kind: 'contact' | 'referral'
  readonly day: Day
  readonly source: string | null
  readonly sourceWords: string | null
  readonly decision: string | null
  readonly outcome: string | null
  readonly open: boolean
  /** About themself; about children when they were named; about children whose parent they are or with whom they live. */
  readonly how: 'self' | 'named' | 'parent' | 'household'
  readonly children: number
}

/** Earlier contacts and referrals about each of these people, whose referral facts (F11) must be open. */
export async function worriesOf(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  people: readonly string[],
): Promise<ReadonlyMap<string, Worry[]>> {
  const { rows } = await sql<Worry>`
    select person_id as person, kind, happened_on as day, source_code as source, source_desc as "sourceWords", decision, outcome,
           still_open as open, how, children
      from record.worries_of(${[...people]}::uuid[])`.execute(trx)
  const found = new Map<string, Worry[]>()
  for (const row of rows) found.set(row.person, [...(found.get(row.person) ?? []), row])
  return found
}

/** '3 Mar 2026, contact from School (Fell Lane Primary): no further action'. */
export function worryWords(one: Worry): string {
  const { kind, day, source, sourceWords, how, children } = one
  const from = source
    ? ` from ${labelOf('referral_source', source)}${sourceWords ? ` (${sourceWords})` : ''}`
    : ''
  const about =
    how === 'self'
      ? ''
      : how === 'named'
        ? `, named with ${children === 1 ? 'a child' : `${children} children`}`
        : `, about ${children === 1 ? 'a child' : `${children} children`} ${how === 'parent' ? 'of theirs' : 'they live with'}`
  return `${formatShortDate(day)}, ${kind}${from}${about}: ${decidedWords(one)}`
}

function decidedWords({ kind, decision, outcome, open }: Worry): string {
  if (decision) return said(decisions, decision).toLowerCase()
  if (kind === 'referral')
    return open
      ? 'open now'
      : outcome
        ? `closed, ${labelOf('reason_for_closure', outcome).toLowerCase()}`
        : 'closed'
  return open ? 'not decided yet' : (outcome ?? 'not said what was decided')
}
