import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Origin } from './facts-store.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Somebody in this person's family or network, as this record tells of them. */
export interface Relative extends Origin {
  /** The other person. */
  readonly other: string
  readonly name: string | null
  /** What the other is to this person: mother, sister, carer. */
  readonly kind: string
  /** True when the other's record tells it: this person is their child, their sister. */
  readonly fromOtherEnd: boolean
  readonly words: string | null
  readonly sameHousehold: boolean | null
  readonly from: Day | null
  readonly to: Day | null
}

/** Everybody to whom the record relates a person, read from both ends; those of today first. */
export async function relativesOf(trx: Reading, people: readonly string[]): Promise<Relative[]> {
  const { rows } = await sql<Relative>`
    select r.id, r.recorded_at, r.import_place,
           (select display_name from access.account a where a.id = r.recorded_by) as recorded_by_name,
           case when mine then r.other_person_id else r.person_id end as other,
           case when mine then r.other_name end as name, r.kind, not mine as "fromOtherEnd", r.words,
           r.same_household as "sameHousehold", r.from_day as "from", r.to_day as "to"
      from (select *, person_id = any (${[...people]}::uuid[]) as mine from relationship
             where person_id = any (${[...people]}::uuid[]) or other_person_id = any (${[...people]}::uuid[])) as r
     order by r.to_day is null desc, r.same_household desc nulls last, r.from_day nulls first, r.id`.execute(
    trx,
  )
  return rows
}

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
