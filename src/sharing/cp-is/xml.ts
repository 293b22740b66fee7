import { SaxesParser } from 'saxes'

/** An element of a message as it is read: whatever its prefix, by the namespace it is in. */
export interface Element {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

/** A message that is no XML that we read. Its words repeat nothing of it. */
export class Unreadable extends Error {}

/** Deeper than any message of CP-IS, and shallow enough to walk. */
const deepest = 40
const mostElements = 2_000_000

/**
 * Reads a message into a tree. Declarations of types and entities are refused: no message has a use for them.
 * @throws Unreadable
 */
export function readXml(bytes: Uint8Array): Element {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('It is not UTF-8')
  }
  const parser = new SaxesParser({ xmlns: true })
  const open: Element[] = []
  let root: Element | undefined
  let count = 0
  parser.on('error', () => {
    throw new Unreadable('It is not well-formed XML')
  })
  parser.on('doctype', () => {
    throw new Unreadable('It declares a document type')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    count += 1
    if (open.length >= deepest || count > mostElements) throw new Unreadable('It is too deep or too large')
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: new Map(
        Object.values(attributes)
          .filter(({ prefix }) => prefix === '')
          .map(({ local, value }) => [local, value]),
      ),
      children: [],
      text: '',
    }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (piece) => {
    const within = open.at(-1)
    if (within) within.text += piece
  })
  parser.on('cdata', (piece) => {
    const within = open.at(-1)
    if (within) within.text += piece
  })
  parser.write(text).close()
  if (!root) throw new Unreadable('It is empty')
  return root
}

/** The first element at a path of names beneath another. */
export function at(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  let here = element
  for (const name of path) here = here?.children.find((child) => child.name === name)
  return here
}

/** All children of a name. */
export const all = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** An attribute that is there and not empty. */
export const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attributes.get(name)?.trim() || undefined

/** All text beneath, its white space as one blank. */
export function textOf(element: Element | undefined): string | undefined {
  if (!element) return undefined
  const words = [element.text, ...element.children.map((child) => textOf(child) ?? '')].join(' ')
  return words.replaceAll(/\s+/g, ' ').trim() || undefined
}

/** Text as it stands in XML, in an attribute or between tags. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]!)
