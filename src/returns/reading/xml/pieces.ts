import { type Input, readAt } from '../input.ts'

/** About how many bytes of a file make one piece of work. */
export const pieceSize = 2 << 20

/** How far to look for the end of a child before giving up. */
const window = 1 << 20

/** A file cut into what stands before the children, pieces that each hold whole children, and what stands behind. */
export interface Pieces {
  start: number
  /** Ends of the pieces; the first begins at `start`. */
  ends: number[]
}

/**
 * Cuts a file behind end tags of children, so that threads can read it side by side.
 *
 * The cuts are guesses: such bytes might stand in a comment. They are proven by the reading itself. If the first
 * piece begins outside of everything but the list of children, and is well-formed for itself, then it ends there
 * too, and so the next one begins there; and so on. Where a piece is not well-formed the guess is given up and the
 * file is read from end to end.
 *
 * @returns null when the file does not lend itself to it
 */
export function cut(input: Input, textStart: number, element: string): Pieces | null {
  const start = find(input, textStart, Math.min(input.size, textStart + window), [
    `<${element}>`,
    `<${element} `,
  ])
  if (start === null) return null
  const endTag = `</${element}>`
  const ends: number[] = []
  for (let at = start + pieceSize; at < input.size; at = ends[ends.length - 1]! + pieceSize) {
    const found = find(input, at, Math.min(input.size, at + window), [endTag])
    if (found === null) {
      if (input.size - at > window) return null
      break
    }
    ends.push(found + endTag.length)
  }
  const last = findLast(input, Math.max(start, input.size - window), endTag)
  if (last === null) return null
  const end = last + endTag.length
  if (ends.length === 0 || end > ends[ends.length - 1]!) ends.push(end)
  return { start, ends }
}

function find(input: Input, from: number, to: number, wanted: string[]): number | null {
  const bytes = Buffer.alloc(to - from)
  const got = bytes.subarray(0, readAt(input, bytes, to - from, from))
  const places = wanted.map((text) => got.indexOf(text, 0, 'latin1')).filter((at) => at !== -1)
  return places.length === 0 ? null : from + Math.min(...places)
}

function findLast(input: Input, from: number, wanted: string): number | null {
  const bytes = Buffer.alloc(input.size - from)
  readAt(input, bytes, bytes.length, from)
  const at = bytes.lastIndexOf(wanted, undefined, 'latin1')
  return at === -1 ? null : from + at
}
