import { ssda903Tables } from '../reading/ssda903/tables.ts'
import type { ReturnChild } from './read.ts'

/** A return as its CSV files, one a table, piece by piece. */

/** Never more columns than are sent: the marker of the Header is worked out from the UASC table. */
const sent = ssda903Tables.map(({ columns }) =>
  columns.map((column, i) => ({ column, i })).filter(({ column }) => column !== 'UASC'),
)

export const fileNames = ssda903Tables.map(({ name }) => `${name.toLowerCase()}.csv`)

/** The line of column names of each file. */
export const heads = (): string[] =>
  sent.map((columns) => `${columns.map(({ column }) => column).join(',')}\n`)

/** What of each file is about these children. */
export const bodies = (children: readonly ReturnChild[]): string[] =>
  sent.map((columns, table) =>
    children
      .flatMap(({ tables }) => tables[table]!)
      .map((cells) => `${columns.map(({ i }) => quoted(cells[i]!)).join(',')}\n`)
      .join(''),
  )

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
