import type { ReturnFile } from '../reading/ssda903/files.ts'
import { Gatherer, type RowMaker, type Stretch } from '../reading/ssda903/gather.ts'
import type { ScatterRead, ScatterTask } from '../reading/ssda903/layout.ts'
import { BinReader } from '../reading/ssda903/read.ts'
import { Bins, blockSize, type FilledBlock } from '../reading/ssda903/scatter.ts'
import { Scatterer } from '../reading/ssda903/scatter-task.ts'
import { Spill, type SpillKey } from '../reading/ssda903/spill.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { UnusableInput } from '../reading/unusable.ts'
import { Warnings } from '../reading/warnings.ts'
import { Across, type Gathered } from '../rules/across.ts'
import { Checker } from '../rules/check-child.ts'
import type { Row } from '../rules/row.ts'
import { Child } from '../rules/ssda903-child.ts'
import { type HeaderRow, rowMakers } from '../rules/ssda903-rows.ts'
import { Found, type FoundPart } from './found.ts'
import { type Job, type Prepared, prepareJob } from './job.ts'

export interface Ssda903Init {
  job: Job
  files: ReturnFile[]
  spill: SpillKey
  lane: number
  lanes: number
  /** Bytes of rows that this thread may keep in memory. */
  memory: number
  /** Whether the UASC marker of this year's and of last year's Header is to be worked out from the UASC table. */
  workOutUasc: { now: boolean; last: boolean }
}

/** What one bin held. */
export interface BinChecked {
  children: number
  found: FoundPart
}

export const tableNames = ssda903Tables.map(({ name }) => name)

const makers = Object.values(rowMakers)
const makeRow: RowMaker<Row> = (table, cells, row, odd) => new makers[table]!(cells, row, odd)

const [header, uasc] = [0, tableNames.indexOf('UASC')]

/** What one thread does of the checking of a looked-after children return. */
export class Ssda903Work {
  #warnings = new Warnings()
  #bins: Bins | null = null
  #scatterer: Scatterer | null = null
  #gatherer: Gatherer<Row> | null = null
  readonly #spill: Spill
  readonly #reader: BinReader
  readonly #across = new Across()
  readonly #checker: Checker

  static async begin(init: Ssda903Init): Promise<Ssda903Work> {
    return new Ssda903Work(init, await prepareJob(init.job))
  }

  private constructor(
    private readonly init: Ssda903Init,
    prepared: Prepared,
  ) {
    this.#spill = new Spill(init.spill, init.lane, init.lanes, blockSize)
    this.#reader = new BinReader(this.#spill)
    this.#checker = new Checker(prepared.ran, prepared.collection, this.#across)
  }

  /** Begins (again) to throw rows into so many bins. */
  empty(bins: number): void {
    this.#warnings = new Warnings()
    this.#bins = new Bins(bins, this.#spill, this.init.memory)
    this.#scatterer = new Scatterer(this.init.files, this.#bins, this.#warnings)
  }

  /** @returns null when a piece of an XML file is not well-formed for itself: the file is to be read as a whole */
  scatter(task: ScatterTask): ScatterRead | null {
    try {
      return this.#scatterer!.run(task)
    } catch (error) {
      if (task.piece && error instanceof UnusableInput) return null
      throw error
    }
  }

  /** All rows are in the bins. @returns where this thread's blocks are */
  filled(): FilledBlock[] {
    const filled = this.#bins!.finish()
    this.#bins = null
    this.#scatterer = null
    return filled
  }

  /** Now that it is known how many rows and lines stand before each stretch, children can be gathered. */
  know(stretches: Stretch[]): void {
    this.#gatherer = new Gatherer(stretches, ssda903Tables.length, this.#warnings, makeRow)
  }

  /** Brings the children of one bin together and checks them. */
  check(blocks: FilledBlock[]): BinChecked {
    const { bytes, used } = this.#reader.read(blocks)
    const found = new Found(tableNames)
    let children = 0
    for (const { id, order, rows, rowsLast } of this.#gatherer!.children(bytes, used)) {
      const { now, last } = this.init.workOutUasc
      if (now) markUasc(rows)
      if (last && rowsLast !== null) markUasc(rowsLast)
      const before = rowsLast === null ? undefined : new Child(id, rowsLast)
      const findings = this.#checker.check(new Child(id, rows, before) as never, order)
      if (findings.length > 0) found.add(order, id, findings)
      if (id !== null && rows.some((table) => table.length > 0)) children++
    }
    return { children, found: found.part() }
  }

  /** What was gathered for rules that look across children, and the warnings. */
  rest(): { across: Gathered; warnings: ReturnType<Warnings['counted']> } {
    const { holders, counts } = this.#across
    return { across: { holders, counts }, warnings: this.#warnings.counted() }
  }
}

/** In a CSV return the marker is not sent: it is 1 for a child in the UASC table, and 0 for any other. */
function markUasc(rows: Row[][]): void {
  for (const row of rows[header] as HeaderRow[]) row.UASC = rows[uasc]!.length > 0 ? '1' : '0'
}
