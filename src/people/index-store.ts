import { sql, type Transaction } from 'kysely'
import type { ListState } from '../web/list.ts'
import type { Day } from '../web/words.ts'
import type { Question } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** One person as a list shows them. */
export interface IndexCard {
  readonly id: string
  readonly reference: string
  readonly name: string | null
  readonly localId: string | null
  readonly born: Day | null
  readonly bornEstimated: boolean
  readonly expected: Day | null
  readonly died: Day | null
  readonly sex: string | null
  readonly badges: readonly string[]
  readonly worker: string | null
  readonly team: string | null
  readonly outward: string | null
  readonly hasRecord: boolean
  /** How the person was found: name, birth date, number, postcode. */
  readonly matched: readonly string[]
}

const card = sql`
  c.person_id as id, c.reference, c.name, c.local_id as "localId", c.date_of_birth as born,
  c.date_of_birth_estimated as "bornEstimated", c.expected_date_of_birth as expected, c.died_on as died, c.sex, c.badges,
  coalesce(a.display_name, c.worker) as worker, t.name as team, c.postcode_outward as outward, c.has_record as "hasRecord"`
const joined = sql`
  index_card c left join access.account a on a.id = c.account_id left join access.team t on t.id = c.team_id`

/**
 * People who fit all that was asked; where nobody does, those whose name begins as the last word does, which may still
 * be being typed.
 * @param most how many at most; ask for one more than you show, to know whether there are more
 */
export async function findPeople(trx: Reading, question: Question, most: number): Promise<IndexCard[]> {
  const found = await peopleWho(trx, question, most, false)
  if (found.length > 0 || question.words.length === 0) return found
  return peopleWho(trx, question, most, true)
}

/** Whether somebody restricted fits: said to roles that must match (governance E.3), and not who. */
export async function restrictedMayMatch(trx: Reading, { day, numbers, words }: Question): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select access.restricted_may_match(${day ?? null}::date, ${[...numbers]}::text[], ${[...words]}::text[]) as may`.execute(
    trx,
  )
  return rows[0]!.may
}

/**
 * People who fit all that was asked, the likeliest first. The list must have been opened (`search`): the row policy
 * lets nobody else through, and keeps restricted people out.
 */
async function peopleWho(
  trx: Reading,
  question: Question,
  most: number,
  beginning: boolean,
): Promise<IndexCard[]> {
  const { day, numbers, words } = question
  const conditions = [
    ...(day ? [sql`(c.date_of_birth = ${day} or c.expected_date_of_birth = ${day})`] : []),
    ...numbers.map(
      (number) =>
        sql`(c.identifiers @> array[${number}] or c.postcodes @> array[${number}] or upper(c.postcode_outward) = ${number})`,
    ),
    ...words.slice(0, beginning ? -1 : undefined).map((word) => sql`c.name_keys @> array[${word}]`),
    ...(beginning
      ? [sql`exists (select from unnest(c.name_keys) as key where starts_with(key, ${words.at(-1)!}))`]
      : []),
  ]
  const { rows } = await sql<IndexCard>`
    select ${card},
           array_remove(array[
             case when ${words.length > 0} then 'name' end,
             case when ${day !== undefined} then 'birth date' end,
             case when c.identifiers && ${[...numbers]}::text[] then 'number' end,
             case when c.postcodes && ${[...numbers]}::text[] then 'postcode' end,
             case when upper(c.postcode_outward) = any (${[...numbers]}::text[]) then 'postcode area' end], null) as matched
      from ${joined}
     where ${sql.join(conditions, sql` and `)}
     order by c.has_record desc, (c.name_keys @> ${[...words]}::text[]) desc, c.name nulls last, c.date_of_birth desc nulls last, c.reference
     limit ${most}`.execute(trx)
  return rows
}

const order = {
  name: sql`coalesce(c.name, c.local_id, c.reference)`,
  age: sql`coalesce(c.date_of_birth, c.expected_date_of_birth)`,
  worker: sql`coalesce(a.display_name, c.worker)`,
  team: sql`t.name`,
}
export type CaseloadSort = keyof typeof order

/** The people that an opened list (`caseload`) is about: those allocated to this account, or everyone of its teams too. */
export async function caseload(
  trx: Reading,
  list: ListState<CaseloadSort>,
  { account, everyone }: { account: string; everyone: boolean },
): Promise<{ cards: IndexCard[]; total: number }> {
  const own = everyone ? sql`true` : sql`c.account_id = ${account}`
  const direction = list.direction === 'descending' ? sql`desc nulls last` : sql`asc nulls last`
  const { rows } = await sql<IndexCard & { total: number }>`
    select ${card}, '{}'::text[] as matched, count(*) over () as total
      from ${joined}
     where c.person_id = any ((select access.listed_ids())::uuid[]) and ${own}
     order by ${order[list.sort]} ${direction}, c.reference
     limit ${list.perPage} offset ${list.offset}`.execute(trx)
  return { cards: rows, total: rows[0]?.total ?? 0 }
}
