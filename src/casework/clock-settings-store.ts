import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Transaction<any>

/** An authority's own time for a clock, and who decided it. */
export interface OwnTime {
  readonly id: string
  readonly clock: string
  readonly place: number
  readonly n: number
  readonly from: Day
  readonly to: Day | null
  readonly reason: string
  readonly by: string | null
  readonly at: Date
}

/** Every own time there is or was, the latest first. */
export async function ownTimes(trx: Any, clock?: string): Promise<OwnTime[]> {
  const { rows } = await sql<OwnTime>`
    select t.id, t.clock, t.place, t.n, t.from_day as "from", t.to_day as "to", t.reason, a.display_name as by, t.decided_at as at
      from clocks.tightening t left join access.account a on a.id = t.decided_by
     where ${clock ?? null}::text is null or t.clock = ${clock ?? null}
     order by t.from_day desc, t.id desc`.execute(trx)
  return rows
}

/** Sets a time from a day on; one that stood then ends on that day. */
export async function setTime(
  trx: Any,
  {
    clock,
    place,
    n,
    from,
    reason,
    by,
  }: { clock: string; place: number; n: number; from: Day; reason: string; by: string },
): Promise<void> {
  await sql`
    update clocks.tightening set to_day = ${from}
     where clock = ${clock} and place = ${place} and from_day < ${from} and (to_day is null or to_day > ${from})`.execute(
    trx,
  )
  await sql`
    insert into clocks.tightening (clock, place, n, from_day, reason, decided_by)
    values (${clock}, ${place}, ${n}, ${from}, ${reason}, ${by})`.execute(trx)
  await countEverybody(trx)
}

/** From this day the list's own time counts again. */
export async function endTime(trx: Any, id: string, on: Day): Promise<void> {
  await sql`update clocks.tightening set to_day = greatest(${on}::date, from_day) where id = ${id} and to_day is null`.execute(
    trx,
  )
  await countEverybody(trx)
}

export interface AddedHoliday {
  readonly day: Day
  readonly name: string
  readonly by: string | null
  readonly at: Date
}

/** Bank holidays that were added here, those taken back left out. */
export async function addedHolidays(trx: Any): Promise<AddedHoliday[]> {
  const { rows } = await sql<AddedHoliday>`
    select h.day, h.name, a.display_name as by, h.added_at as at
      from clocks.bank_holiday h left join access.account a on a.id = h.added_by
     where h.taken_back_at is null order by h.day`.execute(trx)
  return rows
}

/** @returns whether it was added; one that is there already is not added again */
export async function addHoliday(
  trx: Any,
  { day, name, by }: { day: Day; name: string; by: string },
): Promise<boolean> {
  const { rows: back } = await sql`
    update clocks.bank_holiday set taken_back_at = null, taken_back_by = null where day = ${day} and taken_back_at is not null returning day`.execute(
    trx,
  )
  const { rows } =
    back.length > 0
      ? { rows: back }
      : await sql`
    insert into clocks.bank_holiday (day, name, added_by) values (${day}, ${name}, ${by}) on conflict do nothing returning day`.execute(
          trx,
        )
  if (rows.length > 0) await countEverybody(trx)
  return rows.length > 0
}

export async function takeBackHoliday(trx: Any, { day, by }: { day: Day; by: string }): Promise<void> {
  await sql`
    update clocks.bank_holiday set taken_back_at = now(), taken_back_by = ${by} where day = ${day} and taken_back_at is null`.execute(
    trx,
  )
  await countEverybody(trx)
}

/** What is due is counted again soon, by a job. Where no background work is set up the night's turn does it. */
async function countEverybody(trx: Any): Promise<void> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is not null as there`.execute(trx)
  if (rows[0]!.there) await sql`select jobs.enqueue('count-all', gen_random_uuid())`.execute(trx)
}
