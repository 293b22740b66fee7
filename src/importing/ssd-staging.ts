import { type RawBuilder, sql } from 'kysely'
import type { Landing } from './landings.ts'
import type { Words } from './mapping.ts'
import { Cleaning, type CleaningRules } from './ssd-cleaning.ts'
import { readRows, type SourceFile } from './ssd-files.ts'
import type { SourceTable } from './ssd-tables.ts'
import type { Transaction } from './store.ts'

/** Cells, rows and nothing, as they are sent: characters that textOf takes out of every cell. */
const cellEnds = '\u001f'
const rowEnds = '\u001e'
const isNull = '\u001a'
const charactersAtATime = 1 << 20

/** What was read of one table. */
export interface Read {
  rows: number
  /** Fields that the record has no place for, with how many rows fill them. */
  leftOut: Record<string, number>
}

export const stagedName = (table: string): string => `staged_${table}`

/** Makes a table of this transaction alone (importing.set_up), with an index on each of the keys. */
export async function setUp(
  trx: Transaction,
  name: string,
  columns: readonly (readonly [name: string, type: string])[],
  keys: readonly string[] = [],
): Promise<void> {
  await sql`select importing.set_up(${name}, ${columns.map(([column]) => column)}::name[],
              ${columns.map(([, type]) => type)}::text[], ${keys}::name[])`.execute(trx)
}

/** Sets up an empty table for the rows of one of the files' tables: cells as text. */
export function setUpStaged(trx: Transaction, table: SourceTable, keys: readonly string[]): Promise<void> {
  return setUp(
    trx,
    stagedName(table.name),
    [
      ['place', 'integer'],
      ['file', 'integer'],
      ['line', 'integer'],
      ['held', 'text'],
      ['warned', 'text'],
      ...table.fields.map(({ name }) => [name, 'text'] as const),
    ],
    keys,
  )
}

/**
 * Reads the files of one table into its staged table, cleaned.
 * @param first the number of the first of the files among all of the load
 * @param used SQL that names the fields which have a place
 */
export async function stage(
  trx: Transaction,
  table: SourceTable,
  files: readonly { file: SourceFile; number: number }[],
  rules: CleaningRules,
  words: Words,
  used: string,
  onRows: (rows: number) => void,
): Promise<Read> {
  const cleaning = new Cleaning(table, rules, words)
  const unused = table.fields.flatMap(({ name, isKey }, i) =>
    isKey || new RegExp(`\\b${name}\\b`).test(used) ? [] : [i],
  )
  const counts = unused.map(() => 0)
  const sender = new Sender(trx, table)
  let place = 0
  for (const { file, number } of files)
    for await (const rows of readRows(file)) {
      for (const row of rows) {
        place++
        const { values, held, warned } = cleaning.clean(row)
        unused.forEach((field, i) => {
          if (values[field] !== null) counts[i]!++
        })
        await sender.add([
          String(place),
          String(number),
          String(row.line),
          held,
          warned.length === 0 ? null : warned.join('\n'),
          ...values,
        ])
      }
      onRows(rows.length)
    }
  await sender.end()
  await sql`analyze ${sql.table(`pg_temp.${stagedName(table.name)}`)}`.execute(trx)
  return {
    rows: place,
    leftOut: Object.fromEntries(
      unused.flatMap((field, i) => (counts[i]! > 0 ? [[table.fields[field]!.name, counts[i]!]] : [])),
    ),
  }
}

/** Sends rows many at a time as one text that the database takes apart: a fraction of what JSON or parameters cost. */
class Sender {
  #text: string[] = []
  #length = 0
  #into: RawBuilder<unknown>
  #cells: RawBuilder<unknown>

  constructor(
    private readonly trx: Transaction,
    table: SourceTable,
  ) {
    this.#into = sql.table(stagedName(table.name))
    const casts = ['::integer', '::integer', '::integer']
    this.#cells = sql.raw(
      Array.from({ length: table.fields.length + 5 }, (_, i) => `c[${i + 1}]${casts[i] ?? ''}`).join(', '),
    )
  }

  /** The insert under way: the next rows are read meanwhile. */
  #under: Promise<unknown> = Promise.resolve()

  async add(cells: readonly (string | null)[]): Promise<void> {
    const text = cells.map((cell) => cell ?? isNull).join(cellEnds)
    this.#text.push(text)
    this.#length += text.length
    if (this.#length > charactersAtATime) await this.send()
  }

  /** Sends what was gathered once what was sent before has arrived. */
  async send(): Promise<void> {
    await this.#under
    if (this.#text.length === 0) return
    const all = this.#text.join(rowEnds)
    this.#text = []
    this.#length = 0
    this.#under = sql`
      insert into ${this.#into}
      select ${this.#cells} from (
        select string_to_array(r, ${cellEnds}, ${isNull}) as c from string_to_table(${all}, ${rowEnds}) as r) rows`.execute(
      this.trx,
    )
    // Whoever waits for it next hears of it.
    this.#under.catch(() => undefined)
  }

  async end(): Promise<void> {
    await this.send()
    await this.#under
  }
}

/** All that landings of a table say, to look for the fields they use. */
export const textOfLandings = (landings: readonly Landing[]): string => JSON.stringify(landings)
