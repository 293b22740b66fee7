import type { Place } from './check-child.ts'
import type { Collection } from './collection.ts'
import type { Counts, RuleVersion } from './rule.ts'

/** Someone who holds a value that nobody else may hold. */
export interface Holder {
  value: string
  order: number
  child: string | null
  place: Place
}

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
  readonly holders = new Map<number, Holder[]>()
  readonly counts = new Map<number, Map<string, number>>()

  see(rule: number, value: string, order: number, child: string | null, place: Place): void {
    const list = this.holders.get(rule)
    if (list === undefined) this.holders.set(rule, [{ value, order, child, place }])
    else list.push({ value, order, child, place })
  }

  count(rule: number, what: string, howMany: number): void {
    const counts = this.counts.get(rule) ?? new Map<string, number>()
    this.counts.set(rule, counts)
    counts.set(what, (counts.get(what) ?? 0) + howMany)
  }

  /** Takes over what another has gathered, on another thread. */
  addAll(other: Pick<Across, 'holders' | 'counts'>): void {
    for (const [rule, list] of other.holders) {
      const mine = this.holders.get(rule)
      if (mine === undefined) this.holders.set(rule, list)
      else for (const holder of list) mine.push(holder)
    }
    for (const [rule, counts] of other.counts)
      for (const [what, howMany] of counts) this.count(rule, what, howMany)
  }

  /** What the return as a whole fails, in the order of the rules and of the return. */
  findings(rules: readonly RuleVersion[], collection: Collection): AcrossFinding[] {
    return rules.flatMap(({ whole, version }, rule): AcrossFinding[] => {
      const found = whole.unique === undefined ? [] : this.#sharing(rule)
      const fails = whole.failsOnCounts?.(this.#countsOf(rule), collection, version) ?? false
      return fails ? [...found, { rule, order: -1, child: null, places: [] }] : found
    })
  }

  #sharing(rule: number): AcrossFinding[] {
    const first = new Map<string, Holder>()
    const sharing = new Set<Holder>()
    for (const holder of this.holders.get(rule) ?? []) {
      const other = first.get(holder.value)
      if (other === undefined) first.set(holder.value, holder)
      else sharing.add(other).add(holder)
    }
    return [...sharing]
      .sort((one, other) => one.order - other.order || one.place.row - other.place.row)
      .map(({ order, child, place }) => ({ rule, order, child, places: [place] }))
  }

  #countsOf(rule: number): Counts {
    const counts = this.counts.get(rule) ?? new Map<string, number>()
    return { of: (what) => counts.get(what) ?? 0, all: () => [...counts.keys()] }
  }
}
