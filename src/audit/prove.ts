import type { PlacedLine } from './line.ts'
import { Tree } from './tree.ts'

/** A line as the database has it, in the order of its leaves. */
export interface HeldLine extends PlacedLine {
  readonly index: number
  /** The leaf worked out anew from what the line says; null when it was erased, undefined when there is no line. */
  readonly actual: Buffer | null | undefined
  /** For an erased one: a line of the trail says that it was. */
  readonly erasure: boolean
}

export type FindingKind =
  /** What the line says, or its time, is not what was sealed. */
  | 'changed'
  | 'removed'
  | 'inserted'
  /** It stands at another place than it was sealed at. */
  | 'moved'
  /** What it said is gone, and no line says that it was erased. */
  | 'emptied'
  /** The line is as it was; its leaf in the database is not. */
  | 'leaf'
  /** A signed root that does not follow from the lines, or is not signed by a known key. */
  | 'root'
  /** Not proof against a later change: nobody has sealed, or nobody has witnessed, for too long. */
  | 'unsealed'
  | 'unwitnessed'

export interface Finding {
  readonly kind: FindingKind
  /** The line; absent when it is about a root. */
  readonly id?: string
  /** Its moment, in microseconds since 1970. */
  readonly at?: number
  /** Its place in the tree, from 0. */
  readonly place?: number
  /** For a root: in words. */
  readonly says?: string
}

/** A root that the witness holds, with its lines. `fault` says what is wrong with the note itself. */
export interface RootToProve {
  readonly size: number
  readonly root: Buffer
  readonly sealedAt: Date
  readonly fault?: string | undefined
  lines(): AsyncIterable<PlacedLine>
}

/** What proving asks when the two sides are out of step. */
export interface Lookups {
  /** At which place the database has a line's leaf now. */
  placeOf(id: string): Promise<number | undefined>
}

/** So many are named; a trail that was rewritten from end to end need not be named line by line. */
export const mostFindings = 1_000

export class Findings {
  readonly all: Finding[] = []
  more = false

  add(finding: Finding): void {
    if (this.all.length < mostFindings) this.all.push(finding)
    else this.more = true
  }

  /** A line first thought inserted turns out to have been moved. */
  moved(line: PlacedLine, place: number): void {
    const before = this.all.findIndex(({ kind, id }) => kind === 'inserted' && id === line.id)
    if (before >= 0) this.all.splice(before, 1)
    this.add({ kind: 'moved', id: line.id, at: line.at, place })
  }
}

export interface Proven {
  /** Lines that the witness knows and the database has as they were sealed. */
  readonly proved: number
  /** Lines sealed after the last witnessed root. */
  readonly sealedSince: number
  readonly erased: number
  /** Lines sealed more than an hour after a root that they should have been under: written late, or dated back. */
  readonly late: number
  /** The tree over the database's own leaves. */
  readonly tree: Tree
}

const hour = 3_600_000_000

/**
 * Holds what the database has against what the witness knows, line by line, in the memory of a page of each.
 * @param heard called after each line with how many of the witness's are done
 */
export async function prove(
  roots: AsyncIterable<RootToProve>,
  held: AsyncIterable<HeldLine>,
  lookups: Lookups,
  findings: Findings,
  heard: (done: number) => void = () => undefined,
): Promise<Proven> {
  const database = new Side(held)
  const counts = { proved: 0, sealedSince: 0, erased: 0, late: 0 }
  const tree = new Tree()
  const witnessed = new Tree()
  const sealedBy = { previous: undefined as number | undefined }

  const pass = async () => {
    const line = database.current!
    tree.add(line.hash)
    if (line.actual === null) counts.erased += 1
    await database.advance()
    return line
  }

  await database.advance()
  for await (const root of roots) {
    if (root.fault) findings.add({ kind: 'root', says: root.fault })
    for await (const line of root.lines()) {
      const place = witnessed.size
      witnessed.add(line.hash)
      if (sealedBy.previous !== undefined && line.at < sealedBy.previous - hour) counts.late += 1
      await stepTo(line, place)
      if (database.current?.id === line.id) {
        const finding = compare(line, await pass())
        if (finding) findings.add({ kind: finding, id: line.id, at: line.at, place })
        else counts.proved += 1
      }
      heard(witnessed.size)
    }
    if (!witnessed.root().equals(root.root)) {
      findings.add({
        kind: 'root',
        says: `The lines that the witness keeps do not give its own signed root of ${root.size} lines: the witness was changed`,
      })
    }
    sealedBy.previous = root.sealedAt.getTime() * 1000
  }
  while (database.current) {
    counts.sealedSince += 1
    const line = await pass()
    const finding = compare(line, line)
    if (finding) findings.add({ kind: finding, id: line.id, at: line.at, place: line.index })
  }
  return { ...counts, tree }

  /** Goes on in the database until it stands at this line, or says that it is gone. */
  async function stepTo(line: PlacedLine, place: number): Promise<void> {
    if (database.current?.id === line.id) return
    const now = await lookups.placeOf(line.id)
    if (now === undefined) findings.add({ kind: 'removed', id: line.id, at: line.at, place })
    else if (!database.current || now < database.current.index) findings.moved(line, place)
    else {
      while (database.current && database.current.id !== line.id) {
        const { id, at, index } = await pass()
        findings.add({ kind: 'inserted', id, at, place: index })
      }
    }
  }
}

/** What is wrong with a line that stands where it should. */
function compare(sealed: PlacedLine, held: HeldLine): FindingKind | undefined {
  if (held.actual === undefined) return 'removed'
  if (held.actual === null) return held.erasure ? leafOf(sealed, held) : 'emptied'
  if (!held.actual.equals(sealed.hash)) return 'changed'
  return leafOf(sealed, held)
}

const leafOf = (sealed: PlacedLine, held: HeldLine): FindingKind | undefined =>
  held.hash.equals(sealed.hash) ? undefined : 'leaf'

/** A stream that can be looked at before it is taken from. */
class Side<T> {
  readonly #source: AsyncIterator<T>
  current: T | undefined

  constructor(source: AsyncIterable<T>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async advance(): Promise<void> {
    const next = await this.#source.next()
    this.current = next.done ? undefined : next.value
  }
}
