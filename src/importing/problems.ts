import { hash } from 'node:crypto'
import type { SourceRow, StatedPerson } from './model.ts'

/** A row as the problems page shows it. */
export interface KeptRow extends SourceRow {
  /** `held`: could not be entered; `above`: where it belongs; `below`: waits with it. */
  kind: 'held' | 'above' | 'below'
}

/** Something the record could not accept, with all that is needed to try again. */
export interface ToKeep {
  child: string | null
  personId: string | null
  file: string
  line: number | null
  table: string
  rows: KeptRow[]
  reason: string
  digest: string
  /** Who it may be: a person decides. */
  candidates?: readonly string[] | undefined
}

/** Of a person who cannot be entered at all: every row is held. */
export const wholePerson = -1

/**
 * A problem with one row: what stands around it comes along, so that it can be entered when it has been put right.
 * @param row its place among the person's rows, or `wholePerson`
 * @param candidates who it may be, where that is what is wrong
 */
export function toKeep(
  person: StatedPerson,
  personId: string | null,
  row: number,
  reason: string,
  candidates?: readonly string[],
): ToKeep {
  const rows = row === wholePerson ? person.rows.map((one) => kept(one, 'held')) : around(person.rows, row)
  const held = person.rows[Math.max(row, 0)]
  return {
    child: person.localId,
    personId,
    file: held?.file ?? '',
    line: held?.line ?? null,
    table: held?.table ?? '',
    rows,
    reason,
    candidates,
    digest: digestOf([person.localId, rows.map(({ table, values, kind }) => [table, values, kind])]),
  }
}

/** Several things wrong with one row are one problem; the same row a second time in the file is another. */
export function joined(problems: readonly ToKeep[]): ToKeep[] {
  const byPlace = new Map<string, ToKeep>()
  const times = new Map<string, number>()
  for (const one of problems) {
    const place = `${one.digest} ${one.file} ${one.line}`
    const before = byPlace.get(place)
    if (before === undefined) {
      const time = (times.get(one.digest) ?? 0) + 1
      times.set(one.digest, time)
      byPlace.set(place, time === 1 ? one : { ...one, digest: digestOf([one.digest, time]) })
    } else if (!before.reason.includes(one.reason)) before.reason += `; ${one.reason}`
  }
  return [...byPlace.values()]
}

const digestOf = (of: unknown[]) => `\\x${hash('sha256', JSON.stringify(of), 'hex').slice(0, 32)}`

/** The row, what it stands inside, what stands inside it, and the rows that say who the child is. */
function around(rows: readonly SourceRow[], row: number): KeptRow[] {
  const kinds = new Map<number, KeptRow['kind']>([[row, 'held']])
  for (let above = rows[row]?.inside; above !== undefined; above = rows[above]?.inside)
    kinds.set(above, 'above')
  rows.forEach((one, place) => {
    const within = one.inside === undefined ? undefined : kinds.get(one.inside)
    if (within === 'held' || within === 'below') kinds.set(place, 'below')
    if (whoIsIt.has(one.table) && !kinds.has(place)) kinds.set(place, 'above')
  })
  const places = [...kinds.keys()].sort((a, b) => a - b)
  return places.map((place) => {
    const { inside } = rows[place]!
    return kept(
      { ...rows[place]!, inside: inside === undefined ? undefined : places.indexOf(inside) },
      kinds.get(place)!,
    )
  })
}

const whoIsIt = new Set(['ChildIdentifiers', 'Header'])

const kept = (row: SourceRow, kind: KeptRow['kind']): KeptRow => ({
  ...row,
  kind,
  values: Object.fromEntries(
    // PostgreSQL keeps no zero bytes.
    Object.entries(row.values).map(([column, text]) => [column, text.replaceAll('\0', '�')]),
  ),
})
