import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What matters now about somebody, as the front of the record shows it. */
export interface Summary {
  readonly needs: readonly { since: Day; code: string | null }[]
  readonly plans: readonly { since: Day; initial: string | null; latest: string | null }[]
  readonly care: readonly { since: Day; shortBreaks: boolean }[]
  readonly placements: readonly { since: Day; place: string | null; provider: string | null }[]
  readonly statuses: readonly { since: Day; code: string }[]
  readonly responsible: readonly {
    name: string | null
    person: string | null
    basis: string
    evidence: string | null
  }[]
  /** The address where the person lives, when it is open and not protected. */
  readonly home: { lines: string | null; postcode: string | null } | null
  /** The last time the record says the child was seen, and at what. */
  readonly seen: { day: Day; at: 'assessment' | 'review' } | null
  readonly ethnicity: string | null
  readonly disabilities: readonly string[]
  readonly language: string | null
  readonly interpreter: boolean | null
}

/** The field groups the summary is made of, besides those that say who somebody is and those of what is due. */
export const summaryGroups = ['F03', 'F06', 'F07', 'F12', 'F15', 'F25', 'F27', 'F28'] as const

/**
 * How things stand on a day, in one statement (its SQL: 0298). What is not open is simply not there.
 * @param people the person under every id
 */
export async function summaryOf(trx: Reading, people: readonly string[], on: Day): Promise<Summary> {
  const { rows } = await sql<{ summary: Summary }>`
    select record.summary_of(${[...people]}::uuid[], ${on}::date) as summary`.execute(trx)
  return rows[0]!.summary
}

/** Something due for somebody, as the front of the record shows it. */
export interface NextDue {
  readonly id: string
  readonly clock: string
  readonly dueOn: Day
}

/** What is due next, late or not, the earliest first: as far as its field groups are open. */
export async function nextDues(
  trx: Reading,
  people: readonly string[],
  { on, most }: { on: Day; most: number },
): Promise<NextDue[]> {
  const { rows } = await sql<NextDue>`
    select d.id, d.clock, d.due_on as "dueOn" from due d
     where d.person_id = any (${[...people]}::uuid[]) and d.state = 'open' and d.due_on is not null and d.started_on <= ${on}::date
     order by d.due_on, d.clock limit ${most}`.execute(trx)
  return rows
}
