import type { Across } from './across.ts'
import type { Collection } from './collection.ts'
import { Marked, type Row } from './row.ts'
import type { Found, PairTest, Report, RowTest, RuleVersion } from './rule.ts'

/** A cell or cells to be marked. */
export interface Place {
  table: string
  row: number
  fields: readonly string[]
}

/** One fault of one child, or of the return as a whole. */
export interface ChildFinding {
  /** The rule's place among those that run. */
  rule: number
  places: Place[]
}

/** What is checked: rows by table. */
type Checked = { id: string | null; byEachHeader?: readonly Checked[] } & { [table: string]: unknown }

interface TableTests {
  table: string
  rowTests: { rule: number; test: RowTest<Row, unknown, unknown>; version: unknown }[]
  pairTests: { rule: number; test: PairTest; version: unknown }[]
}

/**
 * Checks children one after the other against the rules of a plan. Tests of single rows are taken through a table
 * together, row by row, and nothing is made but where something is found.
 */
export class Checker {
  readonly #rules: readonly RuleVersion[]
  readonly #tables: TableTests[]
  readonly #whole: { rule: number; version: RuleVersion }[]
  readonly #across: { rule: number; version: RuleVersion }[]
  #found: ChildFinding[] = []
  #current = 0
  #child: Checked | undefined
  readonly #report: Report = (...rows) => this.#add(this.#current, rows)

  /** @param across gathers what is only known when every child has been seen; null when nobody will ask */
  constructor(
    rules: readonly RuleVersion[],
    private readonly collection: Collection,
    private readonly across: Across | null,
  ) {
    this.#rules = rules
    this.#tables = testsByTable(rules)
    const numbered = rules.map((version, rule) => ({ rule, version }))
    this.#whole = numbered.filter(({ version }) => version.whole.eachChild !== undefined)
    this.#across = numbered.filter(({ version }) => version.whole.unique ?? version.whole.count)
  }

  /**
   * Checks one child.
   * @param order its place in the return
   * @returns what was found, in the order of the rules; a list that is used again for the next child
   * @throws RuleDefect when a rule throws
   */
  check(child: Checked, order = 0): readonly ChildFinding[] {
    return this.#check(child, order, true)
  }

  #check(child: Checked, order: number, asAWhole: boolean): readonly ChildFinding[] {
    this.#found = []
    this.#current = -1
    try {
      this.#lookAt(child, asAWhole)
      for (const other of child.byEachHeader ?? []) this.#lookAt(other, asAWhole)
      if (asAWhole && this.across !== null) this.#lookAcross(child, order, this.across)
    } catch (error) {
      throw new RuleDefect(this.#rules[this.#current]?.code ?? '?', child.id, error)
    }
    return this.#found.length > 1 ? this.#tidied() : this.#found
  }

  /** Checks the header of a census, which belongs to no child: what is about a child as a whole is not asked of it. */
  checkHeader(header: Row): readonly ChildFinding[] {
    return this.#check({ id: null, [header.table]: [header] }, 0, false)
  }

  #throughTable(child: Checked, { table, rowTests, pairTests }: TableTests): void {
    const rows = child[table] as readonly Row[] | undefined
    if (rows === undefined) return
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!
      for (let t = 0; t < rowTests.length; t++) {
        const { rule, test, version } = rowTests[t]!
        this.#current = rule
        const found = test(row, child, this.collection, version)
        if (found) this.#note(rule, row, found)
      }
      if (r === 0) continue
      const previous = rows[r - 1]!
      for (let t = 0; t < pairTests.length; t++) {
        const { rule, test, version } = pairTests[t]!
        this.#current = rule
        const found = test(previous as never, row as never, child as never, this.collection, version as never)
        if (found) this.#note(rule, row, found)
      }
    }
  }

  #lookAt(child: Checked, asAWhole: boolean): void {
    this.#child = child
    for (const tests of this.#tables) this.#throughTable(child, tests)
    if (!asAWhole) return
    for (const { rule, version } of this.#whole) {
      this.#current = rule
      version.whole.eachChild!(child as never, this.#report, this.collection, version.version)
    }
  }

  #lookAcross(child: Checked, order: number, across: Across): void {
    for (const { rule, version } of this.#across) {
      this.#current = rule
      version.whole.unique?.(
        child as never,
        (value, row) => {
          if (value !== undefined) across.see(rule, value, order, child.id, row.row)
        },
        this.collection,
        version.version,
      )
      version.whole.count?.(
        child as never,
        (what, howMany = 1) => across.count(rule, what, howMany),
        this.collection,
        version.version,
      )
    }
  }

  #note(rule: number, row: Row, found: Exclude<Found, false | undefined>): void {
    if (found === true) this.#add(rule, [row])
    else this.#add(rule, Array.isArray(found) ? found : [found as Row])
  }

  #add(rule: number, rows: readonly (Row | Marked)[]): void {
    const places: Place[] = []
    for (const row of rows) {
      const place = this.#placeOf(rule, row)
      if (place !== null) places.push(place)
    }
    this.#found.push({ rule, places })
  }

  #placeOf(rule: number, row: Row | Marked): Place | null {
    const marked = row instanceof Marked ? row.row : row
    const fields = row instanceof Marked ? row.fields : this.#rules[rule]!.flags.get(row.table)
    // A row that stands for one that is not there, or in which nothing is to be marked.
    if (marked.row === 0 || fields === undefined || this.#isOfLastYear(marked)) return null
    return { table: marked.table, row: marked.row, fields }
  }

  /** Rows of last year's return are not there to be mended. */
  #isOfLastYear(row: Row): boolean {
    const lastYear = this.#child?.lastYear as Record<string, readonly Row[]> | undefined
    return lastYear?.[row.table]?.includes(row) ?? false
  }

  /** In the order of the rules, and a row that one rule has told already not told again. */
  #tidied(): ChildFinding[] {
    const found = this.#found.sort((one, other) => one.rule - other.rule)
    const kept: ChildFinding[] = []
    let told = new Set<string>()
    for (const finding of found) {
      if (kept.length === 0 || kept[kept.length - 1]!.rule !== finding.rule) told = new Set()
      const keys = finding.places.map(({ table, row, fields }) => `${table} ${row} ${fields.join()}`)
      if (keys.length > 0 && keys.every((key) => told.has(key))) continue
      for (const key of keys) told.add(key)
      kept.push(finding)
    }
    return kept
  }
}

function testsByTable(rules: readonly RuleVersion[]): TableTests[] {
  const tables = new Map<string, TableTests>()
  const of = (table: string): TableTests => {
    const tests = tables.get(table) ?? { table, rowTests: [], pairTests: [] }
    tables.set(table, tests)
    return tests
  }
  rules.forEach(({ rowTests, pairTests, version }, rule) => {
    for (const [table, test] of rowTests) of(table).rowTests.push({ rule, test: test as never, version })
    for (const [table, test] of pairTests) of(table).pairTests.push({ rule, test, version })
  })
  return [...tables.values()]
}

/** A rule has thrown: its own fault, never the data's. */
export class RuleDefect extends Error {
  constructor(
    readonly rule: string,
    readonly child: string | null,
    cause: unknown,
  ) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`Rule ${rule} is defective: it failed on child ${child ?? 'without id'}: ${why}`, { cause })
  }
}
