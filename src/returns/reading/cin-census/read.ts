import { closeInput, type Given, type Input, openInput, readAt, sniff } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import { Warnings } from '../warnings.ts'
import { encodingOf, type Frame, readFrameOf } from '../xml/frame.ts'
import { BoundedParser } from '../xml/parse.ts'
import { TextReader } from '../xml/text.ts'
import { type CensusChild, CensusListener, type CensusRow } from './listen.ts'

/** A census file, opened and found to be text in mark-up. */
export interface CensusFile {
  input: Input
  textStart: number
  encoding: 'utf-8' | 'windows-1252'
}

/** @throws UnusableInput when the file is not XML */
export function openCensus(given: Given): CensusFile {
  const input = openInput(given)
  try {
    const { kind, textStart } = sniff(input)
    if (kind !== 'xml') throw new UnusableInput(`${input.name}: is not XML (line 1 does not begin with <)`)
    return { input, textStart, encoding: encodingOf(input, textStart) }
  } catch (error) {
    closeInput(input)
    throw error
  }
}

/** A census being read: its header as soon as it has been met, and its children in the order of the file. */
export interface CensusReading {
  header(): CensusRow | null
  /** Rows met so far of each table. */
  rows(): number[]
  warnings: Warnings
  children: Generator<CensusChild[]>
}

/** Reads a file from end to end on this thread, in memory that does not grow with it. */
export function readFromEndToEnd(
  file: CensusFile,
  warnings = new Warnings(),
  options: { emptyRows?: boolean } = {},
): CensusReading {
  let batch: CensusChild[] = []
  const { input } = file
  const listener = new CensusListener(input.name, warnings, (child) => batch.push(child), options)
  function* children() {
    const parser = new BoundedParser(listener, input.name)
    tellDoctype(parser, input.name, warnings)
    const text = new TextReader(file.encoding)
    for (const block of text.blocks(input, file.textStart, input.size)) {
      parser.write(block)
      if (batch.length > 0) {
        yield batch
        batch = []
      }
    }
    parser.close()
    tellEncoding(text, input.name, warnings)
    if (batch.length > 0) yield batch
  }
  return { header: () => listener.header, rows: () => listener.counts, warnings, children: children() }
}

function tellDoctype(parser: BoundedParser, name: string, warnings: Warnings): void {
  parser.onDoctype(() => warnings.add(name, parser.line, 'a DOCTYPE is passed over'))
}

function tellEncoding(text: TextReader, name: string, warnings: Warnings): void {
  if (text.notUtf8) warnings.add(name, null, 'letters that are not UTF-8: read as Windows-1252')
}

/** Reads CIN census files one after the other: the whole of the reading for one thread. */
export function* readCinCensus(given: readonly Given[], warnings = new Warnings()): Generator<CensusChild[]> {
  for (const one of given) {
    const file = openCensus(one)
    try {
      yield* readFromEndToEnd(file, warnings).children
    } finally {
      closeInput(file.input)
    }
  }
}

/** The header of a file, where it stands before the children; nothing is said of what is wrong with the file. */
export function peekHeader(file: CensusFile): CensusRow | null {
  const reading = readFromEndToEnd(file)
  try {
    reading.children.next()
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error
  }
  return reading.header()
}

/** A census that can be read in pieces: its frame, and what its header says. */
export interface CensusFrame extends Frame {
  header: CensusRow | null
}

/**
 * Reads what stands before and behind the children of a file that is to be read in pieces.
 * @returns null when it must be read from end to end
 */
export function readCensusFrame(file: CensusFile, warnings: Warnings): CensusFrame | null {
  const told = new Warnings()
  const listener = new CensusListener(file.input.name, told, () => {})
  const frame = readFrameOf(file.input, file.textStart, 'Child', ['Message', 'Children'], listener)
  if (frame === null) return null
  warnings.addAll(told.counted())
  return { ...frame, header: listener.header }
}

/** What one piece held. Rows, lines and the order of children are counted within the piece. */
export interface PieceRead {
  children: number
  lines: number
  rows: number[]
}

/**
 * Reads one piece on whatever thread.
 * @throws UnusableInput when the piece is not well-formed for itself: the file must be read from end to end
 */
export function readPiece(
  file: CensusFile,
  start: number,
  end: number,
  warnings: Warnings,
  done: (child: CensusChild) => void,
): PieceRead {
  const listener = new CensusListener(file.input.name, warnings, done, { piece: true, emptyRows: true })
  const parser = new BoundedParser(listener, file.input.name, { fragment: true })
  const bytes = Buffer.alloc(end - start)
  readAt(file.input, bytes, bytes.length, start)
  const text = new TextReader(file.encoding)
  parser.write(text.decode(bytes))
  const lines = parser.line - 1
  parser.close()
  tellEncoding(text, file.input.name, warnings)
  return { children: listener.childrenMet, lines, rows: listener.counts }
}
