import type { CensusChild, CensusRow } from '../reading/cin-census/listen.ts'
import { openCensus, readFromEndToEnd } from '../reading/cin-census/read.ts'
import { censusTables } from '../reading/cin-census/tables.ts'
import { closeInput } from '../reading/input.ts'
import type { Cell, Odd } from '../reading/ssda903/cells.ts'
import type { GatheredChild } from '../reading/ssda903/gather.ts'
import { openSsda903, readSsda903 } from '../reading/ssda903/read.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { Warnings } from '../reading/warnings.ts'
import type { ReturnName } from '../rules/registered.ts'

/** A row of a return as a page shows it: its cells as text, in the order of the table's columns. */
export interface ShownRow {
  table: string
  /** Counted from 1 in its table, as findings do. */
  row: number
  cells: string[]
}

/** What a return says of one child. */
export interface ShownChild {
  child: string
  rows: ShownRow[]
}

const factors = censusTables
  .find(({ name }) => name === 'Assessments')!
  .columns.indexOf('AssessmentFactors' as never)

/** The columns of a table of either return. */
export const columnsOf = (of: ReturnName, table: string): readonly string[] =>
  (of === 'cin-census' ? censusTables : ssda903Tables).find(({ name }) => name === table)?.columns ?? []

/** The tables of a return, in its order. */
export const tablesOf = (of: ReturnName): readonly string[] =>
  (of === 'cin-census' ? censusTables : ssda903Tables).map(({ name }) => name)

/** Days are read in either form and shown in one, dd/mm/yyyy; what is no day stays as it was typed. */
function shown(cell: Cell | undefined, odd: string | undefined): string {
  if (odd !== undefined) return odd
  if (typeof cell === 'string') return cell
  if (cell === undefined || Number.isNaN(cell)) return ''
  return new Date(cell * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')
}

const cellsOf = (
  columns: number,
  cells: readonly (Cell | undefined)[],
  odd: Odd | ReadonlyMap<number, string> | null,
) => Array.from({ length: columns }, (_, i) => shown(cells[i], odd?.get(i)))

export function rowsOfCensusChild({ rows }: Pick<CensusChild, 'rows'>): ShownRow[] {
  return rows.flatMap((of, table) => of.map((row) => censusRow(table, row)))
}

function censusRow(table: number, { cells, odd, row, factors: told }: CensusRow): ShownRow {
  const { name, columns } = censusTables[table]!
  const text = cellsOf(columns.length, cells, odd)
  if (told.length > 0 && factors >= 0) text[factors] = told.join(' ')
  return { table: name, row, cells: text }
}

export function rowsOfReturnChild({ rows }: Pick<GatheredChild, 'rows'>): ShownRow[] {
  return rows.flatMap((of, table) => {
    const { name, columns } = ssda903Tables[table]!
    return of.map(({ cells, odd, row }) => ({ table: name, row, cells: cellsOf(columns.length, cells, odd) }))
  })
}

/** Reads a return again and gives the rows of these children, in memory that does not grow with it. */
export function* shownChildren(
  of: ReturnName,
  files: readonly string[],
  children: ReadonlySet<string>,
): Generator<ShownChild[]> {
  if (of === 'ssda903') {
    const opened = openSsda903(files)
    try {
      for (const batch of readSsda903(opened)) yield wanted(batch, children, rowsOfReturnChild)
    } finally {
      opened.close()
    }
    return
  }
  for (const file of files) {
    const opened = openCensus(file)
    try {
      const { children: batches } = readFromEndToEnd(opened, new Warnings(), { emptyRows: true })
      for (const batch of batches) yield wanted(batch, children, rowsOfCensusChild)
    } finally {
      closeInput(opened.input)
    }
  }
}

const wanted = <C extends { id: string | null }>(
  batch: readonly C[],
  children: ReadonlySet<string>,
  rowsOf: (child: C) => ShownRow[],
): ShownChild[] =>
  batch.flatMap((child) =>
    child.id !== null && children.has(child.id) ? [{ child: child.id, rows: rowsOf(child) }] : [],
  )
