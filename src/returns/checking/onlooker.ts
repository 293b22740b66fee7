import { sql } from 'kysely'
import type { Onlooker } from '../../web/onlooker.ts'
import type { ReturnName } from '../rules/registered.ts'
import { type FactPlace, whereOnRecord } from './facts.ts'
import type { Finding } from './found.ts'
import { paths } from './paths.ts'
import { menders } from './record-groups.ts'

/** Findings beside the facts that cause them, on each part of a record; and how many, on lists. */
export const onlooker: Onlooker = {
  roles: menders,
  words: (count) => `${count} ${count === 1 ? 'thing' : 'things'} the DfE will ask about`,
  part: (person) => paths.record({ person }),

  async remarks(trx, { person, people }) {
    const { rows } = await sql<{
      of_return: ReturnName
      rule: string
      kind: Finding['kind']
      message: string
      places: FactPlace[]
    }>`select * from returns.findings_open(${[...people]}::uuid[])`.execute(trx)
    return rows.map(({ of_return, rule, kind, message, places }) => ({
      text: message,
      source: `DfE ${kind} ${rule}`,
      ...whereOnRecord(of_return, person, places),
    }))
  },

  async counts(trx, people) {
    const { rows } = await sql<{ person: string; count: number }>`
      select person_id as person, errors + queries as count from returns.record_count
       where person_id = any (${[...people]}::uuid[])`.execute(trx)
    return new Map(rows.map(({ person, count }) => [person, count]))
  },
}
