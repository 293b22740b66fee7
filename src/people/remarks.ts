import type { FastifyRequest } from 'fastify'
import type { Onlooker, Remark } from '../web/onlooker.ts'
import { sessionOf } from '../web/session.ts'
import type { OpenPart } from './record.ts'
import type { FactTable } from './sources.ts'

/** What onlookers say of a record that is open, as its shell shows it. */
export interface Remarked {
  /** A line for each onlooker that has something to say of this part: in words, and where all of it is. */
  readonly heads: readonly {
    readonly words: string
    readonly href: string
    /** Those that stand beside no fact of this page. */
    readonly apart: readonly Remark[]
  }[]
  /** The part's tables, with what is said beneath the rows it is said of. */
  readonly tables: readonly FactTable[] | undefined
  /** How many remarks each part of the record has, by address. */
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Asks those who look at records from outside what they say of this one, and puts it beside the facts. They are asked
 * of the record as it stands now, by whoever has all of it open.
 */
export async function remarksOn(
  request: FastifyRequest,
  person: string,
  { trx, opened, knownAt }: OpenPart,
  tables: readonly FactTable[] | undefined,
): Promise<Remarked> {
  const { roles } = sessionOf(request)
  const heads: Remarked['heads'][number][] = []
  const counts: Record<string, number> = {}
  let remarked = tables
  if (knownAt || opened.level !== 'full') return { heads, tables, counts }
  const here = request.url.split('?')[0]!
  for (const onlooker of asked(request.server.onlookers, roles)) {
    const remarks = await onlooker.remarks(trx, { person, people: opened.people })
    for (const part of remarks.flatMap(({ parts }) => parts)) counts[part] = (counts[part] ?? 0) + 1
    const whole = onlooker.part(person)
    if (remarks.length > 0) counts[whole] = remarks.length
    const ofPart = remarks.filter(({ parts }) => parts.includes(here))
    if (ofPart.length === 0 || here === whole) continue
    const beside = new Set<Remark>()
    remarked = remarked?.map((table) => remarkedTable(table, ofPart, beside))
    heads.push({
      words: onlooker.words(ofPart.length),
      href: whole,
      apart: ofPart.filter((remark) => !beside.has(remark)),
    })
  }
  return { heads, tables: remarked, counts }
}

/** Those that have something to say to these roles. */
export const asked = (onlookers: readonly Onlooker[], roles: readonly string[]) =>
  onlookers.filter((one) => one.roles.some((role) => roles.includes(role)))

function remarkedTable(table: FactTable, remarks: readonly Remark[], beside: Set<Remark>): FactTable {
  const rows = table.rows.map((row) => {
    const of = remarks.filter(({ facts }) =>
      facts.some((one) => one.table === table.table && row.fact[one.column] === one.value),
    )
    for (const remark of of) beside.add(remark)
    return of.length > 0 ? { ...row, remarks: of } : row
  })
  return { ...table, rows }
}
