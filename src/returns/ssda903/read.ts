import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../access/reading.ts'
import { ssda903Tables, type TableShape } from '../reading/ssda903/tables.ts'
import { startYear } from '../rules/collection.ts'
import type { TableName } from '../rules/ssda903-rows.ts'

type Transaction = Parameters<Work<unknown>>[0]

/** The rows that the record has for one child in one year's return: their cells as a file has them, by table. */
export interface ReturnChild {
  child: string
  /** By place in `ssda903Tables`. */
  tables: string[][][]
}

/** So many rows are in memory at a time. */
const atATime = 5000

/** What of a table goes into a year (format.md section 1), and what of it had not happened yet on 31 March. */
interface Selection {
  /** Begun by the last day and not ended before the first. */
  from?: string
  to?: string
  /** Told with the end only. */
  withEnd?: readonly string[]
  /** Happened in the year. */
  on?: string
  /** Told of the year. */
  ofYear?: true
}

const selections: Record<TableName, Selection> = {
  Header: {},
  Episodes: { from: 'DECOM', to: 'DEC', withEnd: ['REC', 'REASON_PLACE_CHANGE'] },
  Reviews: { on: 'REVIEW' },
  UASC: { ofYear: true },
  OC2: { ofYear: true },
  OC3: { ofYear: true },
  AD1: { ofYear: true },
  PlacedAdoption: { from: 'DATE_PLACED', to: 'DATE_PLACED_CEASED', withEnd: ['REASON_PLACED_CEASED'] },
  PrevPerm: {},
  Missing: { from: 'MIS_START', to: 'MIS_END' },
  SWEpisodes: { from: 'SW_DECOM', to: 'SW_DEC' },
  DoLo: { from: 'DOLO_START', to: 'DOLO_END' },
}

interface Year {
  name: string
  from: string
  to: string
}

const yearOf = (name: string): Year => {
  const start = startYear(name)
  return { name, from: `${start}-04-01`, to: `${start + 1}-03-31` }
}

/** The rows of one child; none when the child does not go into the return of the year. */
export async function readReturnChild(
  trx: Transaction,
  year: string,
  subject: string,
): Promise<ReturnChild | undefined> {
  const { rows } = await rowsOf(yearOf(year), subject).execute(trx)
  return grouped(rows)[0]
}

/**
 * Every child of a year's return, some hundreds at a time, by their number.
 * @param trx inside a run; with a moment known, the views of that moment are read
 */
export async function* readReturnChildren(trx: Transaction, year: string): AsyncGenerator<ReturnChild[]> {
  // The whole answer is wanted: a plan good for its first rows will not do, nor one that hopes for few.
  await sql`select set_config('cursor_tuple_fraction', '1', true), set_config('enable_nestloop', 'off', true),
                   set_config('jit', 'off', true)`.execute(trx)
  await sql`declare ssda903 no scroll cursor for ${rowsOf(yearOf(year), undefined)}`.execute(trx)
  let waiting: FlatRow[] = []
  for (;;) {
    const { rows } = await sql<FlatRow>`fetch ${sql.lit(atATime)} from ssda903`.execute(trx)
    waiting = waiting.concat(rows)
    // The last child may go on in the next rows.
    const last =
      rows.length === 0 ? waiting.length : waiting.findIndex(({ child }) => child === waiting.at(-1)!.child)
    const whole = grouped(waiting.slice(0, last))
    waiting = waiting.slice(last)
    if (whole.length > 0) yield whole
    if (rows.length === 0) break
  }
  await sql`close ssda903`.execute(trx)
}

interface FlatRow {
  child: string
  /** Place in `ssda903Tables`. */
  of: number
  cells: (string | null)[]
}

function grouped(rows: readonly FlatRow[]): ReturnChild[] {
  const children: ReturnChild[] = []
  for (const { child, of, cells } of rows) {
    let last = children.at(-1)
    if (last?.child !== child) {
      last = { child, tables: ssda903Tables.map(() => []) }
      children.push(last)
    }
    last.tables[of]!.push(cells.map((cell) => cell ?? ''))
  }
  return children
}

/** All rows of the tables, by child, table and the table's columns. */
function rowsOf(year: Year, subject: string | undefined): RawBuilder<FlatRow> {
  const parts = ssda903Tables.map((shape, of) => partOf(shape, of, year, subject))
  return sql<FlatRow>`
    with chosen as materialized (${chosen(year, subject)})
    select child, "of", cells from (${sql.join(parts, sql` union all `)}) as told
     order by child, subject_id, "of", place`
}

/** Looked after at any time in the year, or a care leaver told of in it. */
function chosen({ name, from, to }: Year, subject: string | undefined): RawBuilder<unknown> {
  const one = subject === undefined ? sql`` : sql`and subject_id = ${subject}::uuid`
  return sql`
    select subject_id from return_903_episodes where "DECOM" <= ${to} and ("DEC" is null or "DEC" >= ${from}) ${one}
    union select subject_id from return_903_oc3 where "YEAR" = ${name} ${one}`
}

function partOf(
  shape: (typeof ssda903Tables)[number],
  of: number,
  year: Year,
  subject: string | undefined,
): RawBuilder<unknown> {
  const selection = selections[shape.name as TableName]
  const view = sql.table(`return_903_${shape.name.toLowerCase()}`)
  const cells = sql.join(
    (shape as TableShape).columns.map((column) => cellOf(column, shape, selection, year)),
  )
  // In order of time, so that the same record always gives the same file.
  const place = sql.ref(selection.from ?? selection.on ?? 'CHILD')
  const one = subject === undefined ? sql`` : sql`and subject_id = ${subject}::uuid`
  return sql`
    select "CHILD" as child, subject_id, ${sql.lit(of)} as "of", ${place}::text as place, array[${cells}]::text[] as cells
      from ${view} where subject_id in (select subject_id from chosen) ${one} and ${goesIn(shape.name as TableName, selection, year)}`
}

function cellOf(
  column: string,
  { dates }: TableShape,
  { to, withEnd = [] }: Selection,
  year: Year,
): RawBuilder<unknown> {
  const value = dates.includes(column)
    ? sql`to_char(${sql.ref(column)}, 'DD/MM/YYYY')`
    : sql`${sql.ref(column)}::text`
  if (to === undefined || (column !== to && !withEnd.includes(column))) return value
  return sql`case when ${sql.ref(to)} <= ${year.to} then ${value} end`
}

function goesIn(table: TableName, { from, to, on, ofYear }: Selection, year: Year): RawBuilder<unknown> {
  if (ofYear) return sql`"YEAR" = ${year.name}`
  if (on !== undefined) return sql`${sql.ref(on)} between ${year.from} and ${year.to}`
  if (from !== undefined && to !== undefined)
    return sql`${sql.ref(from)} <= ${year.to} and (${sql.ref(to)} is null or ${sql.ref(to)} >= ${year.from})`
  if (table !== 'PrevPerm') return sql`true`
  return sql`subject_id in (
    select subject_id from return_903_episodes group by subject_id
     having bool_or("RNE" = 'S' and "DECOM" between ${permanenceAskedSince} and ${year.to})
        and bool_or("DECOM" <= ${year.to} and ("DEC" is null or "DEC" >= ${year.from})))`
}

/** PrevPerm is asked of those who came into care from this day on (format.md 3.9) and have an episode in the year (rule 1012). */
const permanenceAskedSince = '2016-04-01'
