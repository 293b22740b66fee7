import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Standing } from './model.ts'
import { type Warning, warningWords } from './warnings.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Field groups that tell who somebody is: the bar above every part of a record. */
export const identityGroups = ['F01', 'F02', 'F05', 'F08', 'F09', 'F10', 'F11', 'F22', 'F24', 'F26'] as const

/** Who a record is about, as far as it is open. */
export interface Identity {
  readonly id: string
  readonly reference: string
  readonly name: string | null
  readonly localId: string | null
  readonly sex: string | null
  readonly bornEstimated: boolean
  readonly pronouns: string | null
  /** Why no unique pupil number is known: a code of the return. */
  readonly upnUnknown: string | null
  readonly hazards: readonly string[]
  readonly worker: string | null
  readonly team: string | null
  readonly standing: Standing
}

interface Row extends Omit<Identity, 'standing' | 'hazards'>, Omit<Standing, 'restricted'> {}

/**
 * Who somebody is and how they stand on a day, in one statement (its SQL: 0298). Of records that were merged the one
 * that leads says who it is.
 * @param people the person under every id, as the opening gave them
 * @returns undefined when the record holds no such person (or held none at the moment asked about)
 */
export async function identityOf(
  trx: Reading,
  people: readonly string[],
  { person, on, restriction }: { person: string; on: Day; restriction: number },
): Promise<Identity | undefined> {
  const { rows } = await sql<{ identity: Row | null; warnings: Warning[] }>`
    select record.identity_of(record.leader_of(${person}), ${[...people]}::uuid[], ${on}::date) as identity,
           record.warnings_of(${[...people]}::uuid[], ${on}::date) as warnings`.execute(trx)
  const row = rows[0]!.identity
  if (!row) return undefined
  const { born, expected, died, inNeed, onPlan, inCare, missing, careEnded, knownAsLeaver, ...identity } = row
  return {
    ...identity,
    hazards: rows[0]!.warnings.map((warning) => warningWords(warning, on)),
    standing: {
      ...{ born, expected, died, inNeed, onPlan, inCare, missing, careEnded, knownAsLeaver },
      restricted: restriction >= 2,
    },
  }
}

/** When the record first knew of somebody, and from where; undefined when nothing of it is open. */
export async function firstKnown(
  trx: Reading,
  people: readonly string[],
): Promise<{ at: Date; imported: boolean } | undefined> {
  const { rows } = await sql<{ at: Date; imported: boolean }>`
    select recorded_at as at, import_run_id is not null as imported
      from (select id, recorded_at, import_run_id from record.person
            union all select id, recorded_at, import_run_id from history.person) as versions
     where id = any (${[...people]}::uuid[])
     order by recorded_at limit 1`.execute(trx)
  return rows[0]
}
