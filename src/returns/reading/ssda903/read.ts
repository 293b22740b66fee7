import { closeInput, type Given } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import { Warnings } from '../warnings.ts'
import { openReturn, type ReturnFile } from './files.ts'
import { type GatheredChild, Gatherer, plainRow } from './gather.ts'
import { countUp, type Layout, layOut, type ScatterRead } from './layout.ts'
import { Bins, blockSize, type FilledBlock } from './scatter.ts'
import { Scatterer } from './scatter-task.ts'
import { openSpill, Spill } from './spill.ts'
import { ssda903Tables } from './tables.ts'

/** Bytes of rows kept in memory, over all threads; what is more is spilt. */
export const memoryForRows = 192 << 20

/** A bin beyond this is no fair share of a return: too few children have too many rows. */
const largestBin = 128 << 20

const tableNames: readonly string[] = ssda903Tables.map(({ name }) => name)

/** A looked-after children return, opened. */
export interface Ssda903Return {
  files: ReturnFile[]
  warnings: Warnings
  /** Which tables of this year's and of last year's return are there, with the columns they have. */
  tables: { name: string; last: boolean; columns: string[]; empty: boolean }[]
  close(): void
}

/**
 * Opens a return and last year's: files, folders or bytes.
 * @param ofLastYear the tables of last year's that are asked for: rows of the others are not read
 * @throws UnusableInput when they are no such return
 */
export function openSsda903(
  given: readonly Given[],
  previous: readonly Given[] = [],
  ofLastYear: readonly string[] = tableNames,
): Ssda903Return {
  const warnings = new Warnings()
  const files = openReturn(given, false, warnings)
  const unread = tableNames.flatMap((name, table) => (ofLastYear.includes(name) ? [] : table))
  if (previous.length > 0) files.push(...openReturn(previous, true, warnings, unread))
  return {
    files,
    warnings,
    tables: tablesOf(files),
    close: () => {
      for (const file of files) closeInput(file.input)
    },
  }
}

/** A table that several files hold has the columns of them all; an XML file may hold any table but three. */
function tablesOf(files: readonly ReturnFile[]): Ssda903Return['tables'] {
  const found: Ssda903Return['tables'] = []
  for (const last of [false, true]) {
    const these = files.filter((file) => file.last === last)
    ssda903Tables.forEach((shape, number) => {
      const of = these.filter((file) => file.table === number)
      const inXml = these.some((file) => file.kind === 'xml') && !csvOnly.includes(shape.name)
      const columns = inXml ? [...shape.columns] : [...new Set(of.flatMap((file) => file.columns))]
      if (inXml || of.length > 0)
        found.push({ name: shape.name, last, columns, empty: !inXml && of.every(({ empty }) => empty) })
    })
  }
  return found
}

/** How these are called in the XML form is not known. */
const csvOnly = ['SWEpisodes', 'DoLo']

/** Brings all records to their bins on this thread. @returns where the blocks are */
function scatter(
  opened: Ssda903Return,
  spill: Spill,
  memory: number,
): { layout: Layout; filled: FilledBlock[] } {
  const whole = new Set<number>()
  for (;;) {
    const layout = layOut(opened.files, whole)
    const bins = new Bins(layout.bins, spill, memory)
    const warnings = new Warnings()
    const scatterer = new Scatterer(opened.files, bins, warnings)
    const read: ScatterRead[] = []
    const broken = layout.tasks.find((task, i) => {
      try {
        read[i] = scatterer.run(task)
        return false
      } catch (error) {
        if (!task.piece || !(error instanceof UnusableInput)) throw error
        whole.add(task.file)
        return true
      }
    })
    if (broken !== undefined) continue
    countUp(layout, read)
    opened.warnings.addAll(warnings.counted())
    return { layout, filled: bins.finish() }
  }
}

/**
 * Reads a looked-after children return with last year's beside it: every child once, with all its rows, wherever
 * in the files they stand. Memory does not grow with the size of the return: rows beyond what there is room for
 * lie sealed in a temporary file.
 *
 * @param memory bytes of rows that may be kept in memory
 * @returns children, many at a time, in no order (`order` tells it); the warnings are complete when it is through
 */
export function* readSsda903(
  opened: Ssda903Return,
  { memory = memoryForRows }: { memory?: number } = {},
): Generator<GatheredChild[]> {
  const shared = openSpill()
  try {
    const spill = new Spill(shared, 0, 1, blockSize)
    const { layout, filled } = scatter(opened, spill, memory)
    const gatherer = new Gatherer(layout.stretches, ssda903Tables.length, opened.warnings, plainRow)
    const reader = new BinReader(spill)
    for (let bin = 0; bin < layout.bins; bin++) {
      const { bytes, used } = reader.read(filled.filter((block) => block.bin === bin))
      let batch: GatheredChild[] = []
      for (const child of gatherer.children(bytes, used)) {
        if (batch.push(child) < 500) continue
        yield batch
        batch = []
      }
      if (batch.length > 0) yield batch
    }
  } finally {
    shared.close()
  }
}

/** Brings the blocks of a bin together in one stretch of memory, which is used again for the next bin. */
export class BinReader {
  #bytes = Buffer.alloc(8 << 20)

  constructor(private readonly spill: Spill) {}

  /** @throws UnusableInput when the bin is far larger than any bin of a return could be */
  read(blocks: readonly FilledBlock[]): { bytes: Buffer; used: number } {
    const used = blocks.reduce((sum, block) => sum + block.used, 0)
    if (used > largestBin)
      throw new UnusableInput('the return: too many of its rows belong to a single child')
    if (used > this.#bytes.length) this.#bytes = Buffer.alloc(used)
    let at = 0
    for (const block of blocks) {
      const from = block.memory ?? this.spill.read(block.spilt, block.used)
      this.#bytes.set(from.subarray(0, block.used), at)
      at += block.used
    }
    return { bytes: this.#bytes, used }
  }
}
