import type { Collection } from './collection.ts'
import type { Marked, Row } from './row.ts'

/** Whether the DfE refuses a return for it, or asks about it. */
export type Kind = 'error' | 'query'

/** What one version of a rule says of itself: what it leaves out, the rule says for all its versions. */
export interface VersionFacts {
  /** First and last collection year in which it is in force. */
  from: string
  until?: string
  kind?: Kind
  needs?: string
  flags?: string
  message?: string
}

/**
 * What a test finds: nothing (false or undefined); true, the row it looked at; or the rows to be marked, of which
 * those of a table without flagged fields are passed over.
 */
export type Found = boolean | undefined | Row | Marked | readonly (Row | Marked)[]

/** Looks at one row. Must not alter anything. */
export type RowTest<R, C, V> = (row: R, child: C, collection: Collection, version: V) => Found

/** Reports a finding on these rows. */
export type Report = (...rows: (Row | Marked)[]) => void

/** What every rule says of itself, and tests that are not of one row. */
export interface RuleDefinition<C, V extends VersionFacts> {
  code: string
  /** `error` when it is not said. */
  kind?: Kind
  /** A draft of the DfE's that may still change: the message says so. */
  provisional?: true
  /** Years in force, where all of them are alike; else `versions`. */
  from?: string
  until?: string
  /** Versions by year with what differs between them: the test is handed the one in force as its last argument. */
  versions?: readonly V[]
  /**
   * Tables and lists without which the rule is not run: `Episodes`, last year's `Episodes_last`, `postcodes`,
   * `providers`, `authority`; for one of several, `Header|UASC`; with a row at least, `Episodes+`. Left out: the tables of `flags`.
   */
  needs?: string
  /** What is marked: `Table.FIELD Table.FIELD`. */
  flags: string
  /** What is wrong and what to do, in words for a social worker. */
  message: string
  /** Looks at one child and reports what it finds: once or more. */
  eachChild?: (child: C, report: Report, collection: Collection, version: V) => void
  /** Tells values of which no two may be alike in the whole return. Blanks do not count. */
  unique?: (
    child: C,
    seen: (value: string | undefined, row: Row) => void,
    collection: Collection,
    version: V,
  ) => void
  /** Counts what is asked of the return as a whole … */
  count?: (
    child: C,
    add: (what: string, howMany?: number) => void,
    collection: Collection,
    version: V,
  ) => void
  /** … and says whether the counts fail it. A finding on no child. */
  failsOnCounts?: (count: Counts, collection: Collection, version: V) => boolean
}

/** What was counted in the whole return. */
export interface Counts {
  of(what: string): number
  /** Everything that was counted at least once. */
  all(): readonly string[]
}

/** A rule as the engine knows it. */
export interface Rule {
  readonly code: string
  readonly versions: readonly RuleVersion[]
}

export interface RuleVersion {
  readonly code: string
  readonly from: string
  readonly until: string | null
  readonly kind: Kind
  readonly provisional: boolean
  /** Each one a list of which one is enough. */
  readonly needs: readonly (readonly string[])[]
  /** By table, the fields that are marked. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly message: string
  /** By table. */
  readonly rowTests: ReadonlyMap<string, RowTest<never, never, never>>
  /** Of a row and the one before it, by table. */
  readonly pairTests: ReadonlyMap<string, PairTest>
  readonly whole: Pick<
    RuleDefinition<never, VersionFacts>,
    'eachChild' | 'unique' | 'count' | 'failsOnCounts'
  >
  readonly version: VersionFacts
}

export type PairTest = (
  previous: never,
  row: never,
  child: never,
  collection: Collection,
  version: never,
) => Found

/** What a return's rules may be made of. */
export interface ReturnShape {
  /** By table, its columns, with those that are worked out. */
  columns: ReadonlyMap<string, readonly string[]>
  /** Names of row tests, and the table that each goes through. */
  rowTests: Readonly<Record<string, string>>
  pairTests: Readonly<Record<string, string>>
}

const draft = ' (Provisional: the DfE may still change this check.)'

/**
 * Makes a rule of its definition.
 * @throws when it flags a field that does not exist, or is in force at no time
 */
export function makeRule(
  shape: ReturnShape,
  definition: RuleDefinition<never, VersionFacts> & Record<string, unknown>,
): Rule {
  const { code, from, until, provisional = false } = definition
  const versions = definition.versions ?? (from === undefined ? [] : [{ from, until }])
  if (versions.length === 0) throw new Error(`Rule ${code} does not say from which year it is in force`)
  return {
    code,
    versions: versions.map((version: VersionFacts): RuleVersion => {
      const flags = flagsOf(shape, code, version.flags ?? definition.flags)
      const needs = version.needs ?? definition.needs ?? [...flags.keys()].join(' ')
      return {
        code,
        from: version.from,
        until: version.until ?? null,
        kind: version.kind ?? definition.kind ?? 'error',
        provisional,
        needs: needs
          .split(' ')
          .filter(Boolean)
          .map((need) => need.split('|')),
        flags,
        message: `${version.message ?? definition.message}${provisional ? draft : ''}`,
        rowTests: testsOf(shape.rowTests, definition),
        pairTests: testsOf(shape.pairTests, definition),
        whole: definition,
        version,
      }
    }),
  }
}

function testsOf<T>(
  names: Readonly<Record<string, string>>,
  definition: Record<string, unknown>,
): Map<string, T> {
  const found = Object.entries(names).filter(([name]) => definition[name] !== undefined)
  return new Map(found.map(([name, table]) => [table, definition[name] as T]))
}

function flagsOf(shape: ReturnShape, code: string, list: string): Map<string, string[]> {
  const flags = new Map<string, string[]>()
  for (const flag of list.split(/\s+/).filter(Boolean)) {
    const [table, field] = flag.split('.') as [string, string]
    if (!shape.columns.get(table)?.includes(field))
      throw new Error(`Rule ${code} flags ${flag}, which is no field`)
    flags.set(table, [...(flags.get(table) ?? []), field])
  }
  return flags
}

/** The version in force in a year of rules, if there is one. */
export const versionIn = (rule: Rule, ruleset: string): RuleVersion | undefined =>
  rule.versions.find(({ from, until }) => from <= ruleset && (until === null || ruleset <= until))
