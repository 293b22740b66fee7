import { sql } from 'kysely'
import { dayOfIso } from '../returns/reading/days.ts'
import type { Refused, Transaction } from './store.ts'

/** One column of the record as far as entering values needs to know it. */
interface Column {
  type: string
  /** What its codes are codes of, for a column of a national code set. */
  codesOf: string | null
  required: boolean
}

/**
 * What the record's columns accept. The database is asked, so that nothing it knows stands here again: a value's own
 * column decides whether it can be kept.
 */
export class Columns {
  #answers = new Map<string, boolean>()

  private constructor(
    private readonly tables: ReadonlyMap<string, ReadonlyMap<string, Column>>,
    /** What each check of a table says, by table and name. */
    private readonly checks: ReadonlyMap<string, string>,
  ) {}

  static async of(trx: Transaction): Promise<Columns> {
    const { rows } = await sql<Column & { table: string; column: string }>`
      select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
             case when t.typtype = 'd' then obj_description(t.oid, 'pg_type') end as "codesOf",
             a.attnotnull and not a.atthasdef and a.attname not in ('id', 'person_id', 'reference') as required
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        join pg_type t on t.oid = a.atttypid
       where c.relnamespace = 'record'::regnamespace and c.relkind = 'r'`.execute(trx)
    const tables = new Map<string, Map<string, Column>>()
    for (const { table, column, ...about } of rows) {
      if (!tables.has(table)) tables.set(table, new Map())
      tables.get(table)!.set(column, about)
    }
    const { rows: checks } = await sql<{ name: string; says: string }>`
      select t.relname || ' ' || c.conname as name, pg_get_constraintdef(c.oid) as says
        from pg_constraint c join pg_class t on t.oid = c.conrelid
       where c.contype = 'c' and c.connamespace = 'record'::regnamespace`.execute(trx)
    return new Columns(tables, new Map(checks.map(({ name, says }) => [name, says])))
  }

  has(table: string, column: string): boolean {
    return this.tables.get(table)?.has(column) ?? false
  }

  /** The column that tells a person's facts of a table apart; none where there is but one. */
  keyOf(table: string): 'natural_key' | 'collection_year' | null {
    if (this.has(table, 'natural_key')) return 'natural_key'
    return this.has(table, 'collection_year') ? 'collection_year' : null
  }

  /** Asks the database about codes not met before: one question for all of them. */
  async learn(trx: Transaction, values: Iterable<{ table: string; column: string; value: unknown }>) {
    const asked = new Map<string, { type: string; value: string }>()
    for (const { table, column, value } of values) {
      const about = this.tables.get(table)?.get(column)
      if (typeof value !== 'string' || !about?.codesOf) continue
      const name = `${about.type} ${value}`
      if (!this.#answers.has(name)) asked.set(name, { type: about.type, value })
    }
    if (asked.size === 0) return
    // A file made to mislead could bring more codes than there is memory for.
    if (this.#answers.size > 100_000) this.#answers.clear()
    const { rows } = await sql<{ name: string; valid: boolean }>`
      select name, pg_input_is_valid(value, type) as valid
        from unnest(${[...asked.keys()]}::text[], ${[...asked.values()].map(({ value }) => value)}::text[],
                    ${[...asked.values()].map(({ type }) => type)}::text[]) as asked (name, value, type)`.execute(
      trx,
    )
    for (const { name, valid } of rows) this.#answers.set(name, valid)
  }

  /** Why a column cannot hold a value, in words; null when it can. */
  complaint(table: string, column: string, value: unknown, called: string): string | null {
    const about = this.tables.get(table)?.get(column)
    if (about === undefined) throw new Error(`The record has no column ${column} in ${table}`)
    if (value === null) return about.required ? `${called} is missing` : null
    const shown = `‘${String(value).slice(0, 60)}’`
    if (typeof value === 'string' && value.includes('\0'))
      return `${called} holds a character that is no text`
    if (about.codesOf) {
      if (this.#answers.get(`${about.type} ${value}`) !== false) return null
      return `${called}: ${shown} is not one of the codes of ‘${about.codesOf}’`
    }
    if (about.type === 'date')
      return isDate(value) ? null : `${called}: ${shown} is not a day that the calendar has`
    if (about.type === 'boolean')
      return typeof value === 'boolean' ? null : `${called}: ${shown} is neither yes nor no`
    if (about.type === 'smallint' || about.type === 'integer')
      return isWhole(value, about.type) ? null : `${called}: ${shown} is not a whole number that fits`
    return null
  }

  /** Why the record refused a row, in the words of the file. */
  refusalInWords(
    table: string,
    { state, constraint }: Refused,
    called: Readonly<Record<string, string>>,
  ): string {
    if (state === '23P01') return 'It overlaps in time with another of this child’s: one at a time'
    if (state === '23503' && constraint?.endsWith('_person_id_fkey'))
      return 'Whoever it is about could not be entered: put that row right first, then try this one again'
    if (state === '23505') return 'The child has this already'
    const check = this.checks.get(`${table} ${constraint}`) ?? ''
    const [, later, earlier] = /^CHECK \(\((\w+) >= ([a-z_]+)\)\)$/.exec(check) ?? []
    if (later && earlier) return `${called[later] ?? later} is before ${called[earlier] ?? earlier}`
    const columns = Object.keys(called).filter((column) => new RegExp(`\\b${column}\\b`).test(check))
    const words = [...check.matchAll(/'([^']+)'::text/g)].map(([, word]) => word)
    if (columns.length > 0 && words.length > 1)
      return `${called[columns[0]!]} is none of: ${words.join(', ')}`
    if (columns.length > 0)
      return `${columns.map((column) => called[column]).join(', ')}: out of the range that there is`
    return `The record refuses it (${constraint ?? state})`
  }

  /** The required columns of a table that a fact does not fill. */
  missing(table: string, filled: Readonly<Record<string, unknown>>): string[] {
    return [...(this.tables.get(table) ?? [])]
      .filter(([column, { required }]) => required && (filled[column] ?? null) === null)
      .map(([column]) => column)
  }
}

const isDate = (value: unknown) => typeof value === 'string' && !Number.isNaN(dayOfIso(value))
const isWhole = (value: unknown, type: string) =>
  Number.isInteger(value) && Math.abs(value as number) < (type === 'smallint' ? 32_768 : 2_147_483_648)
