import type { Place } from './check-child.ts'
import type { Collection } from './collection.ts'
import type { Counts, RuleVersion } from './rule.ts'

/**
 * Who holds values that nobody else may hold: column by column, as there is one for each child of a return and threads
 * send them to one another.
 */
export interface Holders {
  values: string[]
  /** Place of the child in the return, and its id. */
  orders: number[]
  children: (string | null)[]
  /** In the table in which the rule marks. */
  rows: number[]
}

/** What was gathered, in a form that can be sent between threads: by rule. */
export type Gathered = Pick<Across, 'holders' | 'counts'>

/** A finding that is only known when every child has been seen. */
export interface AcrossFinding {
  rule: number
  /** Place of the child in the return; -1 for the return as a whole. */
  order: number
  child: string | null
  places: Place[]
}

/** What rules that look across children have gathered. Grows with the number of children, by a few bytes for each. */
export class Across {
  readonly holders = new Map<number, Holders>()
  readonly counts = new Map<number, Map<string, number>>()

  see(rule: number, value: string, order: number, child: string | null, row: number): void {
    const { values, orders, children, rows } = this.#holdersOf(rule)
    values.push(value)
    orders.push(order)
    children.push(child)
    rows.push(row)
  }

  count(rule: number, what: string, howMany: number): void {
    const counts = this.counts.get(rule) ?? new Map<string, number>()
    this.counts.set(rule, counts)
    counts.set(what, (counts.get(what) ?? 0) + howMany)
  }

  /**
   * Takes over what another has gathered, on another thread.
   * @param childrenBefore children of the return that stand before those the other has seen
   * @param rowsBefore of a rule, rows of its table that do
   */
  addAll({ holders, counts }: Gathered, childrenBefore = 0, rowsBefore = (_rule: number) => 0): void {
    for (const [rule, { values, orders, children, rows }] of holders) {
      const before = rowsBefore(rule)
      values.forEach((value, i) => {
        this.see(rule, value, orders[i]! + childrenBefore, children[i]!, rows[i]! + before)
      })
    }
    for (const [rule, counted] of counts)
      for (const [what, howMany] of counted) this.count(rule, what, howMany)
  }

  /** What the return as a whole fails, in the order of the rules and of the return. */
  findings(rules: readonly RuleVersion[], collection: Collection): AcrossFinding[] {
    return rules.flatMap((version, rule): AcrossFinding[] => {
      const { whole } = version
      const found = whole.unique === undefined ? [] : this.#sharing(rule, version)
      const fails = whole.failsOnCounts?.(this.#countsOf(rule), collection, version.version as never) ?? false
      return fails ? [...found, { rule, order: -1, child: null, places: [] }] : found
    })
  }

  #holdersOf(rule: number): Holders {
    let holders = this.holders.get(rule)
    if (holders === undefined) {
      holders = { values: [], orders: [], children: [], rows: [] }
      this.holders.set(rule, holders)
    }
    return holders
  }

  #sharing(rule: number, version: RuleVersion): AcrossFinding[] {
    const { values, orders, children, rows } = this.#holdersOf(rule)
    const [table, fields] = [...version.flags][0]!
    const first = new Map<string, number>()
    const sharing = new Set<number>()
    values.forEach((value, i) => {
      const other = first.get(value)
      if (other === undefined) first.set(value, i)
      else sharing.add(other).add(i)
    })
    return [...sharing]
      .sort((one, other) => orders[one]! - orders[other]! || rows[one]! - rows[other]!)
      .map((i) => ({
        ...{ rule, order: orders[i]!, child: children[i]! },
        places: [{ table, row: rows[i]!, fields }],
      }))
  }

  #countsOf(rule: number): Counts {
    const counts = this.counts.get(rule) ?? new Map<string, number>()
    return { of: (what) => counts.get(what) ?? 0, all: () => [...counts.keys()] }
  }
}
