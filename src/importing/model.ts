import { hash } from 'node:crypto'

/** What can be imported. */
export const sources = ['cin-census', 'ssda903', 'people'] as const
export type Source = (typeof sources)[number]

/** What is brought across from another system, file by file of many (ssd-running.ts): no return, and of no year. */
export const loads = ['restrictions', 'ssd', 'pack'] as const
export type Load = (typeof loads)[number]

/** One row of a file as it stood there: text by column, empty ones left out. */
export interface SourceRow {
  /** The table of the return: 'CINdetails', 'Episodes'. */
  table: string
  file: string
  line: number
  values: Record<string, string>
  /** Place in the child's list of rows of the row it stands inside; none for what belongs to the child itself. */
  inside?: number | undefined
}

/** A column of the record as JSON has it: days as 'yyyy-mm-dd'. Text where a number should be is told as a problem. */
export type Value = string | number | boolean | null

/** One row that the record should hold. */
export interface Fact {
  /** The table of the record. */
  table: string
  /** Its natural key among the person's facts of that table; empty where a person has but one. */
  key: string
  values: Readonly<Record<string, Value>>
  /** By column: the facts it belongs to. */
  under: Readonly<Record<string, Fact>>
  /** By column: other people, by the identifier the file has for them. */
  others: Readonly<Record<string, string>>
  /** What the columns are called in the file, to say where something is wrong. */
  called: Readonly<Record<string, string>>
  /** Place of the row that says it in the child's list of rows. */
  row: number
}

/** Everything one file says of one person. */
export interface StatedPerson {
  /** As the file has it; null when it has none. */
  localId: string | null
  rows: SourceRow[]
  facts: Fact[]
  /** Rows that say nothing the record could hold, and why. */
  refused: Refusal[]
}

export interface Refusal {
  row: number
  reason: string
}

/** What an import came to. `unchanged` counts what was there already and what a newer source says otherwise. */
export interface Counts {
  created: number
  updated: number
  unchanged: number
  withdrawn: number
}

export interface Problem {
  file: string
  line: number | null
  child: string | null
  reason: string
}

/** A fact that the record holds, as deciding needs it. */
export interface Held {
  id: string
  table: string
  key: string
  values: Readonly<Record<string, Value>>
  /** A worker wrote or changed it here: no file overwrites that. */
  byHand: boolean
  /** What files said of it. */
  statements: readonly Statement[]
}

export interface Statement {
  source: Source
  period: string
  /** The year it tells of: of two, the later knows more. */
  rank: string
  digest: string
}

/** Where a file stands among the others. */
export interface Standing {
  source: Source
  /** The year in which the collection ends; empty for people. */
  period: string
  rank: string
  /** True for what adds to the record and never takes away: a file of people, a problem put right. */
  addsOnly: boolean
}

export type Change =
  | { do: 'create'; fact: Fact; id: string; digest: string }
  | { do: 'update'; fact: Fact; id: string; digest: string }
  | { do: 'keep'; fact: Fact; id: string; digest: string | null }
  | { do: 'withdraw'; table: string; id: string; alone: boolean }

/** A short proof that the same was said before. */
export function digestOf(fact: Fact): string {
  const under = Object.entries(fact.under).map(([column, { key }]) => [column, key])
  return `\\x${hash('sha256', JSON.stringify([fact.values, under, fact.others]), 'hex').slice(0, 24)}`
}

/**
 * Decides what a file's facts about one person change.
 * @param facts in an order in which what others belong to comes first
 * @param held the person's facts in the record, of any table
 * @param newId makes the id of a fact
 * @returns the changes in the order of the facts, then what is withdrawn
 */
export function decide(
  facts: readonly Fact[],
  held: readonly Held[],
  standing: Standing,
  newId: (fact: Fact) => string,
): Change[] {
  const byKey = new Map(held.map((one) => [`${one.table} ${one.key}`, one]))
  const ids = new Map<Fact, string>()
  const met = new Set<string>()
  const changes = facts.map((fact): Change => {
    const there = byKey.get(`${fact.table} ${fact.key}`)
    const id = there?.id ?? newId(fact)
    ids.set(fact, id)
    met.add(id)
    const digest = digestOf(fact)
    if (there === undefined) return { do: 'create', fact, id, digest }
    if (there.statements.some((said) => isOurs(said, standing) && said.digest === digest)) {
      return { do: 'keep', fact, id, digest: null }
    }
    const knowsMore = there.statements.some((said) => !isOurs(said, standing) && said.rank > standing.rank)
    if (there.byHand || knowsMore || saysTheSame(fact, there, ids)) return { do: 'keep', fact, id, digest }
    return { do: 'update', fact, id, digest }
  })
  if (standing.addsOnly) return changes
  return changes.concat(held.filter((one) => !met.has(one.id)).flatMap((one) => withdrawal(one, standing)))
}

const isOurs = (said: Statement, { source, period }: Standing) =>
  said.source === source && said.period === period

function saysTheSame(fact: Fact, { values }: Held, ids: ReadonlyMap<Fact, string>): boolean {
  return (
    Object.entries(fact.values).every(([column, value]) => (values[column] ?? null) === value) &&
    Object.entries(fact.under).every(([column, above]) => values[column] === ids.get(above))
  )
}

/** What this return alone had said of this year, and no longer says, goes; its history stays. */
function withdrawal(one: Held, standing: Standing): Change[] {
  if (!one.statements.some((said) => isOurs(said, standing))) return []
  const alone = !one.byHand && one.statements.every((said) => isOurs(said, standing))
  return [{ do: 'withdraw', table: one.table, id: one.id, alone }]
}

/** Gives natural keys: what the fact is told by, and for a second one by the same, '#2'. */
export class Keys {
  #seen = new Map<string, number>()

  of(table: string, toldBy: string): string {
    const times = (this.#seen.get(`${table} ${toldBy}`) ?? 0) + 1
    this.#seen.set(`${table} ${toldBy}`, times)
    return times === 1 ? toldBy : `${toldBy}#${times}`
  }
}

/** The collection year by the year in which it ends: '2025' is '2024-25'. */
export const collectionYear = (period: string): string => `${Number(period) - 1}-${period.slice(2)}`

/** The year in which the collection ends that a day ('yyyy-mm-dd') lies in. */
export const periodOf = (day: string): string => {
  const year = Number(day.slice(0, 4))
  return String(day.slice(5) >= '04-01' ? year + 1 : year)
}
