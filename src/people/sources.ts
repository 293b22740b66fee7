import type { Remark } from '../web/onlooker.ts'
import { formatMoment } from '../web/words.ts'
import type { Origin } from './facts-store.ts'
import { paths } from './paths.ts'

/** Where a fact comes from, in words: 'census.xml, line 120' or 'Sam Okoro, Mon 23 Nov 2026, 14:05'. */
export function sourceOf({ import_place, recorded_by_name, recorded_at }: Origin): string {
  if (import_place) return import_place
  return [recorded_by_name, formatMoment(recorded_at)].filter(Boolean).join(', ')
}

/** The last cell of a row of facts: the source, leading to what stood before. */
export function sourceCell(person: string, table: string, fact: Origin) {
  return { text: sourceOf(fact), href: paths.fact({ person, table, fact: fact.id }) }
}

/** One table of facts on a part's page: the macro `factTable` of people/views/parts.njk shows it. */
export interface FactTable {
  /** The table of the record that holds the facts. */
  readonly table: string
  readonly heading: string
  readonly columns: readonly { readonly text: string; readonly number?: boolean; readonly hidden?: boolean }[]
  readonly rows: readonly {
    readonly cells: readonly unknown[]
    readonly fact: Readonly<Record<string, unknown>>
    /** What is said of the fact from outside, beneath its row. */
    readonly remarks?: readonly Remark[]
  }[]
  readonly empty: string
}

/**
 * Facts as a table: the columns that say what, and one that says from where.
 * @param cellsOf the cells of one row, in the order of the columns
 */
export function factTable<T extends Origin>(options: {
  person: string
  table: string
  heading: string
  columns: readonly (string | { text: string; number?: boolean; hidden?: boolean })[]
  facts: readonly T[]
  empty: string
  /** Whose record tells the fact, where it may be another's. */
  subjectOf?(fact: T): string
  cellsOf(fact: T): readonly unknown[]
}): FactTable {
  const { person, table, heading, columns, facts, empty, cellsOf } = options
  return {
    table,
    heading,
    columns: [
      ...columns.map((column) => (typeof column === 'string' ? { text: column } : column)),
      { text: 'Source' },
    ],
    rows: facts.map((fact) => ({
      fact: fact as Readonly<Record<string, unknown>>,
      cells: [
        ...cellsOf(fact).map((cell) => cell ?? ''),
        sourceCell(options.subjectOf?.(fact) ?? person, table, fact),
      ],
    })),
    empty,
  }
}

/** The same without columns that say nothing in any row: on a page of many tables they hide those that do. */
export function withoutEmptyColumns(table: FactTable): FactTable {
  const { columns, rows } = table
  if (rows.length === 0) return table
  const says = columns.map((_, at) => rows.some(({ cells }) => cells[at] !== '' && cells[at] !== undefined))
  return {
    ...table,
    columns: columns.filter((_, at) => says[at]),
    rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, at) => says[at]) })),
  }
}

/** The head of the column that leads to a form: said, not shown. */
export const changeColumn = { text: 'Change', hidden: true } as const

/** 'Yes', 'No', or nothing where nobody has said. */
export const yesNo = (value: unknown): string => (value === true ? 'Yes' : value === false ? 'No' : '')
