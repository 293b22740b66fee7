import { sql, type Transaction } from 'kysely'
import { openRecords } from '../access/opening.ts'
import { type Reader, reading } from '../access/reading.ts'
import type { WhyNot } from '../access/refusal.ts'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import type { Origin } from './facts-store.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** One relationship as the record tells it: a row, read from one of its ends. */
export interface Tie extends Origin {
  /** The person from whose end it is read, and the other. */
  readonly self: string
  readonly other: string
  /** What the row calls the other; null when the row is read from the other’s end. */
  readonly name: string | null
  readonly kind: string
  /** True when the other’s record tells it: `kind` is then what `self` is to them. */
  readonly fromOtherEnd: boolean
  readonly words: string | null
  readonly sameHousehold: boolean | null
  readonly homeFrom: Day | null
  readonly homeTo: Day | null
  readonly from: Day | null
  readonly to: Day | null
  readonly origin: string | null
  readonly origin_words: string | null
  readonly ask_first: boolean
}

/** Every relationship of these people that is open, from both ends; those of today first. */
export async function tiesOf(trx: Reading, people: readonly string[]): Promise<Tie[]> {
  const { rows } = await sql<Tie>`
    select r.id, r.recorded_at, r.import_place, (select display_name from access.account a where a.id = r.recorded_by) as recorded_by_name,
           case when mine then r.person_id else r.other_person_id end as self,
           case when mine then r.other_person_id else r.person_id end as other,
           case when mine then r.other_name end as name, r.kind, not mine as "fromOtherEnd", r.words,
           r.same_household as "sameHousehold", r.home_from as "homeFrom", r.home_to as "homeTo", r.from_day as "from", r.to_day as "to",
           r.origin, r.origin_words, r.ask_first
      from (select *, true as mine from relationship where person_id = any (${[...people]}::uuid[])
            union all
            select *, false from relationship where other_person_id = any (${[...people]}::uuid[])) as r
     order by r.to_day is null desc, r.same_household desc nulls last, r.from_day nulls first, r.id`.execute(
    trx,
  )
  return rows
}

/** Whoever shares a home with a person on a day, as the front of the record names them: nobody restricted. */
export async function householdOf(
  trx: Reading,
  people: readonly string[],
  on: Day,
  unnamed: readonly string[],
): Promise<readonly Tie[]> {
  const ties = await tiesOf(trx, people)
  return ties.filter(
    ({ sameHousehold, to, other }) => sameHousehold && (!to || to > on) && !unnamed.includes(other),
  )
}

/** Relatives of whom a page that does not open them must say nothing (governance E.3). */
export async function unnamedRelatives(trx: Reading): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string[] }>`select access.unnamed_relatives() as ids`.execute(trx)
  return rows[0]!.ids
}

/** Who somebody in a family is, as far as the reader may know them. */
export interface Relative {
  readonly id: string
  readonly name: string | null
  readonly sex: string | null
  readonly born: Day | null
  readonly expected: Day | null
  readonly died: Day | null
}

/** People whose record is open at least by name. */
export async function relativesNamed(
  trx: Reading,
  people: readonly string[],
): Promise<Map<string, Relative>> {
  const { rows } = await sql<Relative>`
    select p.id, p.sex::text, p.date_of_birth as born, p.expected_date_of_birth as expected, p.died_on as died,
           (select n.full_name from person_name n where n.person_id = p.id and n.field_group = 'F01'
             order by array_position('{preferred,legal}', n.kind) nulls last, n.recorded_at desc, n.id limit 1) as name
      from person p where p.id = any (${[...people]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * How much of somebody in the family the reader may see: `open` by name; `as-told`, only what this record itself says of
 * them; `unseen`, that somebody is there; `hidden`, not even that (governance E.3).
 */
export type Sight = 'open' | 'as-told' | 'unseen' | 'hidden'

const sightOf: Record<WhyNot, Sight> = {
  'no-need': 'as-told',
  'reason-needed': 'as-told',
  restricted: 'unseen',
  'own-record': 'unseen',
  relative: 'unseen',
  'declared-connection': 'unseen',
  // Sealed and unknown people, and restricted ones for whoever need not match.
  'not-found': 'hidden',
  // Who of them must be hidden is not known yet.
  'restrictions-awaited': 'hidden',
}

/** More people than any family page can show. */
const most = 60

/**
 * Opens the family of a person by name and ties, each as need to know lets it, so that names come from their own
 * record and nobody is named who must not be. What is opened stands on the trail of each.
 * @param people the person under every id, as the opening of the record gave them
 * @param groups what else of the nearest is needed
 * @param far also those who are family of the family: grandparents, the other parent of a half-sister
 */
export async function openFamily(
  db: Connection,
  session: Reader,
  people: readonly string[],
  {
    far = false,
    groups = [],
    knownAt,
    correlation,
  }: { far?: boolean; groups?: readonly string[]; knownAt?: Date | undefined; correlation: string },
): Promise<Map<string, Sight>> {
  const sights = new Map<string, Sight>(people.map((id) => [id, 'open']))
  const look = async (from: readonly string[], groups: readonly string[]) => {
    const ties = await reading(db, session, (trx) => tiesOf(trx, from), { knownAt })
    const next = [...new Set(ties.map(({ other }) => other))]
      .filter((id) => !sights.has(id))
      .slice(0, Math.max(0, most - sights.size))
    if (next.length === 0) return
    const answers = await openRecords(db, session, next, {
      purpose: 'naming the family of a person',
      groups,
      correlation,
    })
    for (const [n, answer] of answers.entries())
      sights.set(next[n]!, answer.allowed ? 'open' : sightOf[answer.why])
  }
  await look(people, ['F01', 'F03', 'F07', ...groups])
  if (far) await look(openOf(sights), ['F01', 'F07'])
  return sights
}

export const openOf = (sights: ReadonlyMap<string, Sight>): string[] =>
  [...sights].flatMap(([id, sight]) => (sight === 'open' ? id : []))

/** What stands where a person may not be named. */
export const unseenWords = 'A person you may not see'

/** What somebody of a family is called to this reader; undefined where they must not be mentioned. */
export function calledIn(
  sights: ReadonlyMap<string, Sight>,
  named: ReadonlyMap<string, Relative>,
  { other, name }: Pick<Tie, 'other' | 'name'>,
): { readonly text: string; readonly open: boolean } | undefined {
  const sight = sights.get(other) ?? 'as-told'
  if (sight === 'hidden') return undefined
  if (sight === 'unseen') return { text: unseenWords, open: false }
  const known = named.get(other)
  if (known) return { text: known.name ?? name ?? 'Name not known', open: true }
  return { text: name ?? unseenWords, open: false }
}
