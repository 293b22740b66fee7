import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Likely } from './likely.ts'
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
  /** How the person was found, the codes of `matchedWords` (words.ts). */
  readonly matched: readonly string[]
}

/** What `IndexCard` is made of, but for `matched`; to be read from `joined`. */
export const card = sql`
  c.person_id as id, c.reference, c.name, c.local_id as "localId", c.date_of_birth as born,
  c.date_of_birth_estimated as "bornEstimated", c.expected_date_of_birth as expected, c.died_on as died, c.sex, c.badges,
  coalesce(a.display_name, c.worker) as worker, t.name as team, c.postcode_outward as outward, c.has_record as "hasRecord"`
export const joined = sql`
  index_card c left join access.account a on a.id = c.account_id left join access.team t on t.id = c.team_id`

/** Somebody who was found, who lives with them, and whose parent they are elsewhere: as far as a search may name them. */
export interface Found extends IndexCard {
  readonly household: readonly { readonly id: string; readonly name: string }[]
  readonly elsewhere: readonly { readonly id: string; readonly name: string }[]
}

/**
 * People who may be meant, the likeliest first. The list must have been opened (`search`): nobody is found otherwise,
 * and the restricted never. One statement, whatever was asked and whoever fits.
 * @param most how many at most; ask for one more than you show, to know whether there are more
 */
export async function findPeople(trx: Reading, likely: Likely, most: number): Promise<Found[]> {
  const { typed, shares, forms, beginning, days, numbers, place } = likely
  const { rows } = await sql<Found>`
    with alike as materialized (
      select person_id, matched, place
        from record.people_alike(${[...typed]}::text[], ${[...shares]}::real[], ${JSON.stringify(forms)}::jsonb, ${beginning}::integer,
               ${JSON.stringify(days)}::jsonb, ${[...numbers]}::text[], ${place}::text, ${most}::integer) with ordinality as f (person_id, score, matched, place)
    ), home as materialized (
      select * from record.households(array(select person_id from alike))
    ), elsewhere as materialized (
      select * from record.children_elsewhere(array(select person_id from alike))
    )
    select ${card}, alike.matched,
           coalesce((select json_agg(json_build_object('id', h.other_id, 'name', h.name)) from home h where h.person_id = c.person_id), '[]') as household,
           coalesce((select json_agg(json_build_object('id', e.other_id, 'name', e.name)) from elsewhere e where e.person_id = c.person_id), '[]') as elsewhere
      from alike join ${joined} on c.person_id = alike.person_id and c.same_as is null
     order by alike.place`.execute(trx)
  return rows
}

/** The cards of these people, as far as a list that was opened holds them. */
export async function cardsOf(trx: Reading, people: readonly string[]): Promise<IndexCard[]> {
  const { rows } = await sql<IndexCard>`
    select ${card}, '{}'::text[] as matched from ${joined}
     where c.person_id = any (${[...people]}::uuid[]) order by c.name nulls last, c.reference`.execute(trx)
  return rows
}

/** Whether somebody restricted fits: said to roles that must match (governance E.3), and not who. */
export async function restrictedMayMatch(trx: Reading, { day, numbers, words }: Question): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select access.restricted_may_match(${day ?? null}::date, ${[...numbers]}::text[], ${[...words]}::text[]) as may`.execute(
    trx,
  )
  return rows[0]!.may
}
