import { type Input, readAt } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import { BoundedParser, type Listener } from './parse.ts'
import { cut, pieceSize } from './pieces.ts'
import { declaredEncoding, TextReader } from './text.ts'

/** What stands around the children of a file that can be read in pieces. */
export interface Frame {
  /** Where the first piece begins, how many lines end before it, and where each piece ends. */
  start: number
  linesBefore: number
  ends: number[]
}

const silent: Listener = { open() {}, text() {}, close() {} }

/**
 * Reads what stands before the first child and behind the last, to know that a file is whole and may be read in
 * pieces.
 *
 * @param child the element that is cut behind
 * @param around the elements around the children, outermost first
 * @param listener hears what stands outside of the children
 * @returns null when the file is small, or must be read from end to end for another reason
 */
export function readFrameOf(
  input: Input,
  textStart: number,
  child: string,
  around: readonly string[],
  listener: Listener = silent,
): Frame | null {
  if (input.size < 2 * pieceSize) return null
  const pieces = cut(input, textStart, child)
  if (pieces === null) return null
  const probe = new Probe(listener, child)
  const parser = new BoundedParser(probe, input.name)
  parser.onDoctype(() => {
    probe.odd = true
  })
  try {
    const text = new TextReader(encodingOf(input, textStart))
    for (const block of text.blocks(input, textStart, pieces.start)) parser.write(block)
    const linesBefore = parser.line - 1
    // Are we where children stand, and not, say, in a comment? An element of our own must be heard there.
    probe.waiting = true
    parser.write('<Probe/>')
    if (probe.waiting || probe.path.join() !== around.join()) return null
    probe.behind = true
    for (const block of text.blocks(input, pieces.ends[pieces.ends.length - 1]!, input.size))
      parser.write(block)
    parser.close()
    return probe.odd ? null : { ...pieces, linesBefore }
  } catch (error) {
    // Whatever is wrong is told when the file is read from end to end, at the line where it is.
    if (error instanceof UnusableInput) return null
    throw error
  }
}

/** @throws UnusableInput when the file says it is in an encoding that is not read */
export function encodingOf(input: Input, textStart: number): 'utf-8' | 'windows-1252' {
  const head = Buffer.alloc(Math.min(1024, input.size - textStart))
  readAt(input, head, head.length, textStart)
  const encoding = declaredEncoding(head.toString('latin1'))
  if (typeof encoding === 'object')
    throw new UnusableInput(
      `${input.name}: is in the encoding ${encoding.unknown.slice(0, 40)}; save it as UTF-8`,
    )
  return encoding
}

/** Follows where in the document we are, and keeps our own element from the listener. */
class Probe implements Listener {
  waiting = false
  behind = false
  /** Something stands outside of the children that is better told by who knows its line. */
  odd = false
  path: string[] = []
  #open: string[] = []

  constructor(
    private readonly listener: Listener,
    private readonly child: string,
  ) {}

  open(name: string, line: number, attributes: boolean): void {
    const own = name === 'Probe' && this.waiting
    if (own) {
      this.path = [...this.#open]
      this.waiting = false
    } else this.listener.open(name, line, attributes)
    if (name === this.child || (this.behind && !own)) this.odd = true
    this.#open.push(own ? '' : name)
  }

  text(text: string, line: number): void {
    if (this.behind && text.trim() !== '') this.odd = true
    this.listener.text(text, line)
  }

  close(name: string, line: number): void {
    if (this.#open.pop() !== '') this.listener.close(name, line)
  }
}
