import { type Input, readAt } from '../input.ts'
import type { Warnings } from '../warnings.ts'
import { encodingOf } from '../xml/frame.ts'
import { BoundedParser } from '../xml/parse.ts'
import { TextReader } from '../xml/text.ts'
import type { ReturnFile } from './files.ts'
import type { ScatterRead, ScatterTask } from './layout.ts'
import { hashOf, StretchReader } from './lines.ts'
import { cellMark, type ElementRow, Ssda903Listener } from './listen.ts'
import { type Bins, recordHead } from './scatter.ts'
import { ssda903Tables } from './tables.ts'

/** Throws the rows of one task after another into the bins of one thread. */
export class Scatterer {
  #stretches = new StretchReader()

  constructor(
    private readonly files: readonly ReturnFile[],
    private readonly bins: Bins,
    private readonly warnings: Warnings,
  ) {}

  /** @throws UnusableInput when an XML file, or a piece of one, is not well-formed for itself */
  run(task: ScatterTask): ScatterRead {
    const file = this.files[task.file]!
    return file.kind === 'csv' ? this.#csv(file, task) : this.#xml(file, task)
  }

  #csv(file: ReturnFile, task: ScatterTask): ScatterRead {
    const { input, dataStart, childColumn } = file
    const rowFile = { input, dataStart, delimiter: file.plan.delimiter, childColumn }
    const read = this.#stretches.read(
      rowFile,
      { number: task.stretch, start: task.start, end: task.end },
      this.bins,
    )
    if (read.tooLong > 0)
      this.warnings.add(input.name, null, `${read.tooLong} lines are longer than any row can be: cut`)
    return { rows: [read.rows], lines: read.lines }
  }

  #xml({ input, dataStart, unread }: ReturnFile, task: ScatterTask): ScatterRead {
    const counts = new Array<number>(ssda903Tables.length).fill(0)
    const listener = new Ssda903Listener(
      input.name,
      this.warnings,
      (id, rows) => {
        for (const row of rows)
          if (!unread.includes(row.table)) this.#put(id, row, task.stretch + row.table, counts[row.table]!++)
      },
      task.piece,
    )
    const parser = new BoundedParser(listener, input.name, { fragment: task.piece })
    parser.onDoctype(() => this.warnings.add(input.name, parser.line, 'a DOCTYPE is passed over'))
    const text = new TextReader(encodingOf(input, dataStart))
    if (task.piece) parser.write(text.decode(bytesOf(input, task)))
    else for (const block of text.blocks(input, task.start, task.end)) parser.write(block)
    const lines = parser.line - 1
    parser.close()
    if (text.notUtf8) this.warnings.add(input.name, null, 'letters that are not UTF-8: read as Windows-1252')
    return { rows: counts, lines }
  }

  #put(id: string, row: ElementRow, stretch: number, number: number): void {
    const bytes = Buffer.from(row.values.join(cellMark))
    const key = Buffer.from(id.toUpperCase())
    const hash = key.length === 0 ? Math.imul(number, 0x9e3779b1) : hashOf(key, 0, key.length)
    const bin = this.bins.binFor(hash)
    const start = this.bins.at[bin]! + recordHead
    this.bins.bytes[bin]!.set(bytes, start)
    this.bins.seal(bin, start + bytes.length, stretch, number, row.line - 1, hash)
  }
}

function bytesOf(input: Input, task: ScatterTask): Buffer {
  const bytes = Buffer.alloc(task.end - task.start)
  readAt(input, bytes, bytes.length, task.start)
  return bytes
}
