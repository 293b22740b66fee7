import type { ChildFinding, Place } from '../rules/check-child.ts'

/** One thing wrong or worth asking about: what the command prints and the page shows. */
export interface Finding {
  rule: string
  kind: 'error' | 'query'
  /** CHILD or LAchildID as in the file; null for a finding on the whole return or a child without id. */
  child: string | null
  message: string
  places: Place[]
}

/** What one thread has found, in a form that takes little room and can be sent. */
export interface FoundPart {
  /** Of each child with findings, its place in the return, its id, and where its findings begin in `data`. */
  orders: number[]
  ids: (string | null)[]
  starts: number[]
  /** Of each finding: rule, number of places, and of each place table, row, list of fields. */
  data: Int32Array
  used: number
  fieldLists: string[]
}

/**
 * Findings of a return, packed: a return that is wrong everywhere has millions of them.
 * @typeParam tables names of the return's tables, to be told by number
 */
export class Found {
  #orders: number[] = []
  #ids: (string | null)[] = []
  #starts: number[] = []
  #data = new Int32Array(1024)
  #used = 0
  #fieldLists = new Map<string, number>()
  #tables: Map<string, number>

  constructor(tables: readonly string[]) {
    this.#tables = new Map(tables.map((name, i) => [name, i]))
  }

  add(order: number, id: string | null, findings: readonly ChildFinding[]): void {
    this.#orders.push(order)
    this.#ids.push(id)
    this.#starts.push(this.#used)
    for (const { rule, places } of findings) {
      this.#room(2 + places.length * 3)
      this.#data[this.#used++] = rule
      this.#data[this.#used++] = places.length
      for (const { table, row, fields } of places) {
        this.#data[this.#used++] = this.#tables.get(table)!
        this.#data[this.#used++] = row
        this.#data[this.#used++] = this.#numberOf(fields.join(' '))
      }
    }
  }

  part(): FoundPart {
    return {
      ...{ orders: this.#orders, ids: this.#ids, starts: this.#starts },
      ...{
        data: this.#data.slice(0, this.#used),
        used: this.#used,
        fieldLists: [...this.#fieldLists.keys()],
      },
    }
  }

  #numberOf(fields: string): number {
    const known = this.#fieldLists.get(fields)
    if (known !== undefined) return known
    this.#fieldLists.set(fields, this.#fieldLists.size)
    return this.#fieldLists.size - 1
  }

  #room(more: number): void {
    if (this.#used + more <= this.#data.length) return
    const larger = new Int32Array(this.#data.length * 2 + more)
    larger.set(this.#data)
    this.#data = larger
  }
}

/** A part with where it belongs: how many children and rows of each table stand before it. */
export interface PlacedPart extends FoundPart {
  childrenBefore: number
  rowsBefore: readonly number[]
}

/** All findings of a return, in the order of its children and, of each child, of the rules. */
export class AllFound implements Iterable<Finding> {
  constructor(
    private readonly tables: readonly string[],
    readonly rules: readonly { code: string; kind: 'error' | 'query'; message: string }[],
    private readonly parts: readonly PlacedPart[],
  ) {}

  get size(): number {
    let size = 0
    for (const { data, used } of this.parts) for (let at = 0; at < used; at += 2 + data[at + 1]! * 3) size++
    return size
  }

  /** How many findings each rule has. */
  byRule(): Map<string, number> {
    const counts = this.rules.map(() => 0)
    for (const { data, used } of this.parts)
      for (let at = 0; at < used; at += 2 + data[at + 1]! * 3) counts[data[at]!]!++
    return new Map(this.rules.map(({ code }, i) => [code, counts[i]!]))
  }

  *[Symbol.iterator](): Generator<Finding> {
    const children = this.#inOrder()
    for (let i = 0; i < children.length; ) {
      let next = i + 1
      while (next < children.length && children[next]!.order === children[i]!.order) next++
      // What was only known when every child had been seen goes among what the child was found to have itself.
      const of = children.slice(i, next).flatMap(({ part, child }) => this.#of(part, child))
      if (next > i + 1) of.sort((one, other) => one.rule - other.rule)
      for (const { finding } of of) yield finding
      i = next
    }
  }

  #inOrder(): { order: number; part: PlacedPart; child: number }[] {
    return this.parts
      .flatMap((part) =>
        part.orders.map((order, child) => ({
          order: order < 0 ? order : order + part.childrenBefore,
          part,
          child,
        })),
      )
      .sort((one, other) => one.order - other.order)
  }

  #of(part: PlacedPart, child: number): { rule: number; finding: Finding }[] {
    const { data, starts, used, ids, rowsBefore, fieldLists } = part
    const found: { rule: number; finding: Finding }[] = []
    const end = starts[child + 1] ?? used
    for (let at = starts[child]!; at < end; ) {
      const rule = data[at++]!
      const places: Place[] = []
      for (let left = data[at++]!; left > 0; left--) {
        const [table, row, fields] = [data[at++]!, data[at++]!, data[at++]!]
        places.push({
          table: this.tables[table]!,
          row: row + (rowsBefore[table] ?? 0),
          fields: fieldLists[fields]!.split(' '),
        })
      }
      const { code, kind, message } = this.rules[rule]!
      found.push({ rule, finding: { rule: code, kind, child: ids[child]!, message, places } })
    }
    return found
  }
}
