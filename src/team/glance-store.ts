import { sql, type Transaction } from 'kysely'
import type { OnDay } from '../casework/due-store.ts'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** What is late and what is due soon for each child of an opened list (`caseload`); a child with nothing of it is not there. */
export async function dueOfEach(
  trx: Trx,
  { today, now }: OnDay,
): Promise<Map<string, { late: number; soon: number }>> {
  const late = sql`case when d.due_at is null then d.due_on < ${today}::date else d.due_at < ${now} end`
  const { rows } = await sql<{ person: string; late: number; soon: number }>`
    select coalesce(c.same_as, c.person_id) as person, count(*) filter (where ${late})::int as late,
           count(*) filter (where not ${late} and d.soon_on <= ${today}::date)::int as soon
      from due d join index_card c on c.person_id = d.person_id
     where c.person_id = any ((select access.caseload_ids())::uuid[]) and d.state = 'open' and d.started_on <= ${today}::date
     group by 1`.execute(trx)
  return new Map(rows.map(({ person, late, soon }) => [person, { late, soon }]))
}

/** The initials of everybody of an opened list: for what leaves the service’s own pages. */
export async function initialsOfEach(trx: Trx): Promise<Map<string, string>> {
  const { rows } = await sql<{ person: string; initials: string }>`
    select c.person_id as person, record.initials(c.name) as initials from index_card c
     where c.person_id = any ((select access.caseload_ids())::uuid[])`.execute(trx)
  return new Map(rows.map(({ person, initials }) => [person, initials]))
}

export interface Away {
  readonly account: string
  readonly name: string
  readonly from: Day
  readonly to: Day
  readonly coveredBy: string
}

/** Who of those this account manages is away today or in the two weeks after it. */
export async function awaySoon(trx: Trx, on: Day): Promise<Away[]> {
  const { rows } = await sql<Away>`
    select account_id as account, name, from_day as "from", to_day as "to", covered_by as "coveredBy" from team.away_soon(${on}::date)`.execute(
    trx,
  )
  return rows
}
