/*
 * How a load says where rows of another system's tables land in the record. What a landing says is data: SQL
 * expressions over the row (`s`, its cells as text, cleaned) that ssd-entering.ts puts into its few statements.
 */

/** How a cell is read (ssd-cells.ts). A `code` is a word of a set (mapping.ts). */
export type Reading =
  | 'text'
  | 'day'
  | 'yes-no'
  | 'whole'
  | 'who'
  | 'postcode'
  | 'object'
  | 'codes'
  | 'address'
  | 'capitals'
  | 'moment'
  | { code: string }

export interface Landing {
  /** The table of the files. */
  from: string
  /** The table of the record. */
  into: string
  /** Another fact of rows that land elsewhere first: what it cannot hold is a warning, and the row is loaded. */
  further?: boolean
  /** The field with the source's number of the person. */
  person: string
  /** SQL of the source's own identifier of the row; without one, what the fact is told by is it. */
  id?: string
  /** SQL of the natural key (docs/import.md); none where a person has but one such fact. */
  told?: string
  /** SQL of each column of the record. */
  columns: Readonly<Record<string, string>>
  /** Columns that must be filled, each with what the file calls it. */
  needs?: Readonly<Record<string, string>>
  /** SQL: which rows say anything for this table. */
  where?: string
  /** SQL in place of the staged table, of the same columns. */
  rows?: string
  /** Joins behind the rows. */
  joins?: string
  /** [SQL condition, what to say]. */
  hold?: readonly (readonly [string, string])[]
  warn?: readonly (readonly [string, string])[]
  /** Columns that a row which leaves them empty does not empty; `true`: all. */
  silence?: readonly string[] | true
  /** Days between which the person has but one: of those that overlap the later is held. */
  oneAtATime?: { from: string; to: string; among?: string; only?: string }
  /** A person has many that nothing but their identifier tells apart: none is taken for one that is there. */
  apart?: true
  /** Said of rows that no landing of their table takes; without it they are simply loaded. */
  saysOfOthers?: string
  /** Rows of this table that are made of several rows of the files: all of them are loaded with this said. */
  saysOfAll?: string
}

/** A table of the files whose rows wait, and why. */
export interface Waiting {
  from: string
  because: string
}

/** SQL of the fact that another row of the files became, by its identifier there; the same person's. */
export const linked = (alias: string, field: string, table: string, fact: string): string =>
  `left join importing.source_key ${alias} on ${alias}.system = :system and ${alias}.source_table = '${table}'
     and ${alias}.fact_table = '${fact}' and ${alias}.source_id = s.${field} and ${alias}.person_id = w.person`

/** What to say of a row that names one which is not there. */
export const orphan = (alias: string, field: string, what: string): readonly [string, string] => [
  `s.${field} is not null and ${alias}.fact_id is null`,
  `${field}: there is no ${what} of this child with that identifier; loaded without it`,
]

export const teamOf = (field: string): string =>
  `left join importing.source_team team on team.system = :system and team.source_id = s.${field}`
