import { sql, type Transaction } from 'kysely'
import { labelOf } from '../codes/codes.ts'
import type { Day } from '../web/words.ts'
import type { Origin } from './facts-store.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Somebody, or a team, who works with a person. */
export interface Involvement extends Origin {
  readonly who: string
  readonly team: string | null
  readonly kind: string
  readonly from: Day
  readonly to: Day | null
}

/** Everybody who works or worked with a person, the latest first. */
export async function involvementsOf(trx: Reading, people: readonly string[]): Promise<Involvement[]> {
  const { rows } = await sql<Involvement>`
    select i.id, i.recorded_at, i.import_place,
           (select display_name from access.account a where a.id = i.recorded_by) as recorded_by_name,
           coalesce(a.display_name, i.worker_name, i.worker_reference, t.name) as who,
           case when num_nonnulls(a.display_name, i.worker_name, i.worker_reference) > 0 then t.name end as team,
           i.kind, i.from_day as "from", i.to_day as "to"
      from involvement i
      left join access.account a on a.id = i.account_id
      left join access.team t on t.id = i.team_id
     where i.person_id = any (${[...people]}::uuid[])
     order by i.to_day is null desc, i.from_day desc, i.id`.execute(trx)
  return rows
}

/** Who may pose a risk on a day, as far as the warnings open to the reader say it. */
export async function risksSeen(trx: Reading, on: Day): Promise<Set<string>> {
  const { rows } = await sql<{ person: string }>`
    select person_id as person from risk_posed where from_day <= ${on} and (to_day is null or to_day > ${on})`.execute(
    trx,
  )
  return new Set(rows.map(({ person }) => person))
}

/**
 * Legal statuses by which the authority shares parental responsibility: care orders (Children Act 1989 s.33(3)), emergency
 * protection (s.44(4)), placement orders (Adoption and Children Act 2002 s.25) and the freeing orders before them.
 */
const sharing = ['C1', 'C2', 'D1', 'E1', 'L2']

/** The order under which the authority itself shares parental responsibility on a day, with its first day. */
export async function authorityShares(
  trx: Reading,
  people: readonly string[],
  on: Day,
): Promise<{ readonly by: string; readonly since: Day } | undefined> {
  const { rows } = await sql<{ code: string; since: Day }>`
    select legal_status::text as code, start_date as since from legal_status
     where person_id = any (${[...people]}::uuid[]) and legal_status = any (${sharing}::text[])
       and start_date <= ${on} and (end_date is null or end_date > ${on})
     order by start_date desc limit 1`.execute(trx)
  return rows[0] && { by: labelOf('legal_status', rows[0].code), since: rows[0].since }
}
