/*
 * The reconciliation of a load: the counts of the source beside ours, and what differs. Pure.
 */

/** What is held against the record: the load's own files, and the authority's last returns. */
export const parts = ['tables', 'cin-census', 'ssda903'] as const
export type PartName = (typeof parts)[number]
export type ReturnPart = Exclude<PartName, 'tables'>

export const partWords: Record<PartName, string> = {
  tables: 'The files of the load',
  'cin-census': 'The last children in need census',
  ssda903: 'The last looked-after children return (SSDA903)',
}

export type Kind =
  | 'held'
  | 'missing'
  | 'other-date'
  | 'earlier-only'
  | 'theirs-only'
  | 'ours-only'
  | 'differs'

export const kindWords: Record<Kind, string> = {
  held: 'Held: not in the record',
  missing: 'Loaded, and not in our view',
  'other-date': 'In our view with another date',
  'earlier-only': 'In our view from an earlier load only',
  'theirs-only': 'In the return, and not in ours',
  'ours-only': 'In ours, and not in the return',
  differs: 'Said differently',
}

export type Decision = 'explained' | 'put-right'

export const decisionWords: Record<Decision, string> = {
  explained: 'It is right as it is, because',
  'put-right': 'It has been put right; calculate again to see it gone',
}

/** Who signs: whoever looked through the differences, and whoever answers for the service that works with the record. */
export const signers = ['A-PERF', 'A-SM'] as const
export type Signer = (typeof signers)[number]
export const signerWords: Record<Signer, string> = {
  'A-PERF': 'Performance and data analyst',
  'A-SM': 'Service manager, head of service',
}

/** One thing that a return says of a child: of which module, told apart by what, with which codes and days. */
export interface Entry {
  module: string
  key: string
  /** Counted by code. */
  codes: Readonly<Record<string, string>>
  /** Compared only: days, which are nobody's category. */
  days: Readonly<Record<string, string>>
}

/** How often a return and ours say something. Code '' of field '' is the module whole. */
export interface Count {
  module: string
  field: string
  code: string
  theirs: number
  ours: number
}

export interface Difference {
  module: string
  kind: 'theirs-only' | 'ours-only' | 'differs'
  field: string
  child: string
  key: string
  theirs: string | null
  ours: string | null
}

/** Counts side by side and differences of two returns, child by child. */
export class Comparison {
  readonly #counts = new Map<string, Count>()
  readonly differences: Difference[] = []

  /** @param theirs what the return says of a child; none when the child is not in it */
  child(child: string, theirs: readonly Entry[], ours: readonly Entry[]): void {
    for (const entry of theirs) this.#count(entry, 'theirs')
    for (const entry of ours) this.#count(entry, 'ours')
    const waiting = keyed(ours)
    for (const [key, entry] of keyed(theirs)) {
      const other = waiting.get(key)
      waiting.delete(key)
      if (other === undefined) this.#one(child, entry, 'theirs-only')
      else this.#compare(child, entry, other)
    }
    for (const entry of waiting.values()) this.#one(child, entry, 'ours-only')
  }

  /** In the order in which they were met, a module's codes behind it. */
  get counts(): Count[] {
    const modules = [...new Set([...this.#counts.values()].map(({ module }) => module))]
    return [...this.#counts.values()].sort(
      (a, b) =>
        modules.indexOf(a.module) - modules.indexOf(b.module) ||
        compare(a.field, b.field) ||
        compare(a.code, b.code),
    )
  }

  #count({ module, codes }: Entry, side: 'theirs' | 'ours'): void {
    for (const [field, code] of [['', ''], ...Object.entries(codes)] as const) {
      const at = JSON.stringify([module, field, code])
      const count = this.#counts.get(at) ?? { module, field, code, theirs: 0, ours: 0 }
      count[side]++
      this.#counts.set(at, count)
    }
  }

  #one(child: string, { module, key }: Entry, kind: 'theirs-only' | 'ours-only'): void {
    this.differences.push({ module, kind, field: '', child, key, theirs: null, ours: null })
  }

  #compare(child: string, a: Entry, b: Entry): void {
    const theirs = { ...a.codes, ...a.days }
    const ours = { ...b.codes, ...b.days }
    for (const field of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      if (theirs[field] === ours[field]) continue
      const { module, key } = a
      const said = { theirs: theirs[field] ?? null, ours: ours[field] ?? null }
      this.differences.push({ module, kind: 'differs', field, child, key, ...said })
    }
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** By module and key; what is told by the same twice is told apart by its order, which codes and days give. */
function keyed(entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry>()
  const text = (entry: Entry) => JSON.stringify([entry.key, entry.codes, entry.days])
  for (const entry of [...entries].sort((a, b) => compare(text(a), text(b)))) {
    let at = `${entry.module} ${entry.key}`
    for (let n = 2; found.has(at); n++) at = `${entry.module} ${entry.key}#${n}`
    found.set(at, entry)
  }
  return found
}
