import { readFrameOf } from '../xml/frame.ts'
import { Reading, type RowPlan } from './cells.ts'
import type { ReturnFile } from './files.ts'
import type { Stretch } from './gather.ts'
import { stretchSize } from './lines.ts'
import { cellMark } from './listen.ts'
import { ssda903Tables } from './tables.ts'

/** One piece of the work of throwing rows into bins: a stretch of a file, for one thread. */
export interface ScatterTask {
  file: number
  start: number
  end: number
  /** Number of the first stretch of `stretches` that it fills: one for a CSV, one for each table of an XML file. */
  stretch: number
  /** XML: a piece that holds only children, or a whole document. */
  piece: boolean
}

/** How a return is divided. */
export interface Layout {
  tasks: ScatterTask[]
  stretches: Stretch[]
  bins: number
  bytes: number
}

/** Bytes of rows that a bin should hold: few enough for a processor's nearest memory … */
const binSize = 1 << 20

/** … in so many bins at most, as each thread fills a block of each. */
const mostBins = 256

/** Records of XML rows: every column of the table, parted by a mark. */
const elementPlans: RowPlan[] = ssda903Tables.map(({ columns, dates }) => ({
  delimiter: cellMark.charCodeAt(0),
  readings: columns.map((column) => {
    if (column === 'CHILD') return Reading.Child
    return (dates as readonly string[]).includes(column) ? Reading.Date : Reading.Text
  }),
  targets: columns.map((_, i) => i),
  width: columns.length,
}))

/**
 * Divides a return into tasks.
 * @param whole XML files (by number) that turned out not to be readable in pieces
 */
export function layOut(files: readonly ReturnFile[], whole: ReadonlySet<number>): Layout {
  const layout: Layout = { tasks: [], stretches: [], bins: 0, bytes: 0 }
  files.forEach((file, number) => {
    if (file.unread.includes(file.table)) return
    layout.bytes += file.input.size
    if (file.kind === 'csv') layOutCsv(layout, file, number)
    else layOutXml(layout, file, number, whole.has(number))
  })
  layout.bins = Math.min(mostBins, Math.max(1, Math.ceil(layout.bytes / binSize)))
  return layout
}

function layOutCsv(layout: Layout, file: ReturnFile, number: number): void {
  for (let start = file.dataStart; start < file.input.size; start += stretchSize) {
    const end = Math.min(file.input.size, start + stretchSize)
    layout.tasks.push({ file: number, start, end, stretch: layout.stretches.length, piece: false })
    layout.stretches.push({
      ...{ file: file.input.name, table: file.table, last: file.last, plan: file.plan },
      ...{ childColumn: file.childColumn, rowsBefore: 0, linesBefore: file.linesBefore, heading: true },
    })
  }
}

function layOutXml(layout: Layout, file: ReturnFile, number: number, whole: boolean): void {
  const frame = whole ? null : readFrameOf(file.input, file.dataStart, 'CHILD', ['EXPSSDA903'])
  let start = frame?.start ?? file.dataStart
  for (const end of frame?.ends ?? [file.input.size]) {
    layout.tasks.push({ file: number, start, end, stretch: layout.stretches.length, piece: frame !== null })
    ssda903Tables.forEach((_, table) => {
      layout.stretches.push({
        ...{ file: file.input.name, table, last: file.last, plan: elementPlans[table]! },
        ...{ childColumn: 0, rowsBefore: 0, linesBefore: frame?.linesBefore ?? 0, heading: false },
      })
    })
    start = end
  }
}

/** What a task has found, in the order of its stretches. */
export interface ScatterRead {
  rows: number[]
  lines: number
}

/** Now that each stretch is known, says of each how many rows and lines stand before it. */
export function countUp(layout: Layout, read: readonly ScatterRead[]): void {
  const rows = new Map<string, number>()
  const lines = new Map<number, number>()
  layout.tasks.forEach((task, i) => {
    const { rows: found, lines: ended } = read[i]!
    const before = lines.get(task.file) ?? 0
    found.forEach((count, table) => {
      const stretch = layout.stretches[task.stretch + table]!
      const key = `${stretch.last} ${stretch.table}`
      stretch.rowsBefore = rows.get(key) ?? 0
      stretch.linesBefore += before
      rows.set(key, stretch.rowsBefore + count)
    })
    lines.set(task.file, before + ended)
  })
}
