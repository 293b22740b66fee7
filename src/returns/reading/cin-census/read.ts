import { closeInput, type Given, type Input, openInput, readAt, sniff } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import { Warnings } from '../warnings.ts'
import { BoundedParser, type Listener } from '../xml/parse.ts'
import { cut, pieceSize, type Pieces } from '../xml/pieces.ts'
import { declaredEncoding, TextReader } from '../xml/text.ts'
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
    const head = Buffer.alloc(Math.min(1024, input.size - textStart))
    readAt(input, head, head.length, textStart)
    const encoding = declaredEncoding(head.toString('latin1'))
    if (typeof encoding === 'object')
      throw new UnusableInput(`${input.name}: is in the encoding ${encoding.unknown.slice(0, 40)}; save it as UTF-8`)
    return { input, textStart, encoding }
  } catch (error) {
    closeInput(input)
    throw error
  }
}

/** A census being read: its header as soon as it has been met, and its children in the order of the file. */
export interface CensusReading {
  header(): CensusRow | null
  warnings: Warnings
  children: Generator<CensusChild[]>
}

/** Reads a file from end to end on this thread, in memory that does not grow with it. */
export function readFromEndToEnd(file: CensusFile, warnings = new Warnings()): CensusReading {
  let batch: CensusChild[] = []
  const { input } = file
  const listener = new CensusListener(input.name, warnings, (child) => batch.push(child))
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
  return { header: () => listener.header, warnings, children: children() }
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

/** What stands around the children, read to know that the file is whole. */
export interface Frame {
  pieces: Pieces
  header: CensusRow | null
  linesBefore: number
}

/**
 * Reads what stands before and behind the children of a file that is to be read in pieces.
 * @returns null when it must be read from end to end
 */
export function readFrame(file: CensusFile, warnings: Warnings): Frame | null {
  const { input } = file
  if (input.size < 2 * pieceSize) return null
  const pieces = cut(input, file.textStart, 'Child')
  if (pieces === null) return null
  const told = new Warnings()
  const listener = new CensusListener(input.name, told, () => {})
  const probe = new Probe(listener)
  const parser = new BoundedParser(probe, input.name)
  tellDoctype(parser, input.name, told)
  try {
    const text = new TextReader(file.encoding)
    for (const block of text.blocks(input, file.textStart, pieces.start)) parser.write(block)
    const linesBefore = parser.line - 1
    // Are we where children stand, and not, say, in a comment? An element of our own must be heard there.
    probe.waiting = true
    parser.write('<Probe/>')
    if (probe.waiting || probe.path.join() !== 'Message,Children') return null
    for (const block of text.blocks(input, pieces.ends[pieces.ends.length - 1]!, input.size)) parser.write(block)
    parser.close()
    tellEncoding(text, input.name, told)
    if (listener.childrenMet > 0) return null
    warnings.addAll(told.counted())
    return { pieces, header: listener.header, linesBefore }
  } catch (error) {
    if (error instanceof UnusableInput) return null
    throw error
  }
}

/** Follows where in the document we are, and keeps our own element from the listener. */
class Probe implements Listener {
  waiting = false
  path: string[] = []
  #open: string[] = []

  constructor(private readonly listener: Listener) {}

  open(name: string, line: number, attributes: boolean): void {
    if (name === 'Probe' && this.waiting) {
      this.path = [...this.#open]
      this.waiting = false
      this.#open.push('Probe')
      return
    }
    this.#open.push(name)
    this.listener.open(name, line, attributes)
  }

  text(text: string, line: number): void {
    this.listener.text(text, line)
  }

  close(name: string, line: number): void {
    if (this.#open.pop() === 'Probe') return
    this.listener.close(name, line)
  }
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
  const listener = new CensusListener(file.input.name, warnings, done, true)
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
