import type { CensusChild, CensusRow } from '../reading/cin-census/listen.ts'
import {
  type CensusFile,
  type CensusReading,
  readFromEndToEnd,
  readPiece,
} from '../reading/cin-census/read.ts'
import { censusTables } from '../reading/cin-census/tables.ts'
import { UnusableInput } from '../reading/unusable.ts'
import { Warnings } from '../reading/warnings.ts'
import { Across, type Gathered } from '../rules/across.ts'
import { Checker } from '../rules/check-child.ts'
import { Child } from '../rules/cin-census-child.ts'
import { Found, type FoundPart } from './found.ts'
import { type Job, type Prepared, prepareJob } from './job.ts'

export interface CensusInit {
  job: Job
  files: CensusFile[]
}

/** A stretch of a file that holds whole children. */
export interface Piece {
  file: number
  start: number
  end: number
}

/** What a piece, or a whole file, held: rows, lines and children are counted from its beginning. */
export interface PieceChecked {
  children: number
  lines: number
  rows: number[]
  found: FoundPart
  across: Gathered
  warnings: ReturnType<Warnings['counted']>
  /** Of a whole file. */
  header: CensusRow | null
}

export const tableNames = censusTables.map(({ name }) => name)

/** What one thread does of the checking of a census. */
export class CensusWork {
  static async begin(init: CensusInit): Promise<CensusWork> {
    return new CensusWork(init.files, await prepareJob(init.job))
  }

  private constructor(
    private readonly files: readonly CensusFile[],
    private readonly prepared: Prepared,
  ) {}

  /** Checks the children of a piece. @returns null when it is not well-formed for itself: read the whole file */
  piece({ file, start, end }: Piece): PieceChecked | null {
    const checking = this.#checking()
    try {
      const read = readPiece(this.files[file]!, start, end, checking.warnings, checking.check)
      return { ...checking.result(), ...read, header: null }
    } catch (error) {
      if (error instanceof UnusableInput) return null
      throw error
    }
  }

  /** Checks a file from end to end. */
  whole(file: number): PieceChecked {
    const checking = this.#checking()
    const reading: CensusReading = readFromEndToEnd(this.files[file]!, checking.warnings, {
      emptyRows: true,
    })
    let children = 0
    for (const batch of reading.children)
      for (const child of batch) {
        checking.check(child)
        children++
      }
    return { ...checking.result(), children, lines: 0, rows: reading.rows(), header: reading.header() }
  }

  #checking() {
    const warnings = new Warnings()
    const across = new Across()
    const found = new Found(tableNames)
    const checker = new Checker(this.prepared.ran, this.prepared.collection, across)
    return {
      warnings,
      check: (read: CensusChild) => {
        const findings = checker.check(new Child(read) as never, read.order)
        if (findings.length > 0) found.add(read.order, read.id, findings)
      },
      result: () => ({
        found: found.part(),
        across: { holders: across.holders, counts: across.counts },
        warnings: warnings.counted(),
      }),
    }
  }
}
