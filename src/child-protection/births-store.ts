import { sql } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Trx } from './together.ts'

/** A child who is expected: what the record has of it before birth. */
export interface Expected {
  readonly id: string
  readonly born: Day | null
  readonly expected: Day | null
  readonly died: Day | null
  readonly sex: string | null
  readonly mother: string | null
  readonly motherName: string | null
  readonly name: string | null
}

export async function expectedChild(trx: Trx, people: readonly string[]): Promise<Expected | undefined> {
  const { rows } = await sql<Expected>`
    select p.id, p.date_of_birth as born, p.expected_date_of_birth as expected, p.died_on as died, p.sex::text,
           m.other_person_id as mother, m.other_name as "motherName",
           (select n.full_name from person_name n where n.person_id = p.id and n.kind = 'legal' and n.to_day is null
             order by n.recorded_at desc limit 1) as name
      from person p
      left join lateral (select r.other_person_id, r.other_name from relationship r
                          where r.person_id = p.id and r.kind = 'mother' and (r.to_day is null or r.to_day > current_date) limit 1) m on true
     where p.id = any (${[...people]}::uuid[]) order by p.id = record.leader_of(p.id) desc limit 1`.execute(
    trx,
  )
  return rows[0]
}

export interface Born {
  readonly on: Day
  readonly sex: 'F' | 'M' | 'U'
  readonly forename: string
  readonly surname: string
  readonly address:
    | { readonly line: string | undefined; readonly postcode: string | undefined; readonly from: Day }
    | undefined
}

/**
 * Birth makes the record the child's: the same person, with a birth date in place of the day it was expected, its own
 * name (the name it went by before is kept), and where it lives. Plans and all else go on.
 */
export async function noteBirth(trx: Trx, child: string, born: Born): Promise<void> {
  await sql`
    update person set date_of_birth = ${born.on}, date_of_birth_estimated = false, expected_date_of_birth = null, sex = ${born.sex}
     where id = ${child}`.execute(trx)
  await sql`
    update person_name set kind = 'former', to_day = ${born.on} where person_id = ${child} and kind = 'legal' and to_day is null`.execute(
    trx,
  )
  const name = `${born.forename} ${born.surname}`
  await sql`
    insert into person_name (person_id, natural_key, kind, full_name, forename, surname, from_day)
    values (${child}, ${`legal ${name}`}, 'legal', ${name}, ${born.forename}, ${born.surname}, ${born.on})`.execute(
    trx,
  )
  if (born.address) {
    await sql`update address set to_day = ${born.address.from} where person_id = ${child} and kind = 'home' and to_day is null`.execute(
      trx,
    )
    await sql`
      insert into address (person_id, kind, address_lines, postcode, from_day)
      values (${child}, 'home', ${born.address.line ?? null}, ${born.address.postcode ?? null}, ${born.address.from})`.execute(
      trx,
    )
  }
}

/**
 * Not born alive. What was due ends, plans end, and whatever waits to be sent finds that it should not be: all that by
 * the record saying that the child died, on the day.
 */
export async function noteLoss(
  trx: Trx,
  child: string,
  people: readonly string[],
  { on, words }: { on: Day; words: string },
): Promise<void> {
  await sql`update person set died_on = ${on} where id = ${child}`.execute(trx)
  await sql`
    update child_protection_plan
       set cp_plan_end_date = greatest(${on}::date, cp_plan_start_date + 1), cp_plan_end_reason = 'not-born', cp_plan_end_words = ${words}
     where person_id = any (${[...people]}::uuid[]) and cp_plan_end_date is null`.execute(trx)
  await sql`
    update conference set cancelled_on = ${on}, cancelled_because = ${words}
     where person_id = any (${[...people]}::uuid[]) and held_on is null and cancelled_on is null`.execute(trx)
}
