import { SaxesParser } from 'saxes'
import { UnusableInput } from '../unusable.ts'

/** Characters that may pass without an element or a text coming to its end. */
const longestToken = 1 << 20

/** Elements inside one another. The deepest place of a return is eight. */
const deepest = 64

/** What a reader wants to hear of a document. */
export interface Listener {
  /** `line` is where the start tag ends, counted from 1 in what was parsed. */
  open(name: string, line: number, attributes: boolean): void
  text(text: string, line: number): void
  close(name: string, line: number): void
}

/**
 * A SAX parser that nothing in a file can make eat memory: nothing is expanded that the file declares, and a text,
 * a tag or a nest of elements that goes on and on is refused.
 */
export class BoundedParser {
  readonly #parser: SaxesParser
  readonly #name: string
  readonly #linesBefore: number
  /** Characters written, and how far they had come when the parser last told of something. */
  #written = 0
  #told = 0
  #depth = 0
  #skipped: (() => void) | undefined

  /**
   * @param fragment a piece of a document: any number of elements side by side
   * @param linesBefore lines of the file that stand before what will be written
   */
  constructor(listener: Listener, name: string, options: { fragment?: boolean; linesBefore?: number } = {}) {
    const parser = new SaxesParser({ fragment: options.fragment ?? false, position: true })
    this.#parser = parser
    this.#name = name
    this.#linesBefore = options.linesBefore ?? 0
    // With more listeners than these the parser's own fields become slow to reach: it then takes six times as long.
    parser.on('opentag', (tag) => {
      this.#told = parser.position
      if (++this.#depth > deepest) this.#refuse(`elements nest deeper than ${deepest}`)
      let attributes = false
      for (const _ in tag.attributes) attributes = true
      listener.open(tag.name, parser.line, attributes)
    })
    parser.on('text', (text) => {
      this.#told = parser.position
      listener.text(text, parser.line)
    })
    parser.on('cdata', (text) => {
      this.#told = parser.position
      listener.text(text, parser.line)
    })
    parser.on('closetag', (tag) => {
      this.#told = parser.position
      this.#depth--
      listener.close(tag.name, parser.line)
    })
    parser.on('doctype', (text) => {
      this.#told = parser.position
      if (text.includes('['))
        this.#refuse('declares entities of its own (DOCTYPE), which a return never does')
      this.#skipped?.()
    })
  }

  get line(): number {
    return this.#linesBefore + this.#parser.line
  }

  /** Called for a DOCTYPE that only names another file; that file is never read. */
  onDoctype(told: () => void): void {
    this.#skipped = told
  }

  /** Takes more of the document. @throws UnusableInput where it is not well-formed or out of all bounds */
  write(text: string): void {
    for (let at = 0; at < text.length; at += longestToken) {
      const part = text.length <= longestToken ? text : text.slice(at, at + longestToken)
      this.#guarded(() => this.#parser.write(part))
      this.#written += part.length
      if (this.#written - this.#told > longestToken) {
        this.#refuse(`one text or tag is longer than ${longestToken} characters`)
      }
    }
  }

  /** The document is at its end. @throws UnusableInput when it should not be */
  close(): void {
    this.#guarded(() => this.#parser.close())
  }

  #guarded(work: () => unknown): void {
    try {
      work()
    } catch (error) {
      if (error instanceof UnusableInput || !(error instanceof Error) || error.constructor !== Error)
        throw error
      throw new UnusableInput(`${this.#name}: ${inWords(error.message, this.#linesBefore)}`)
    }
  }

  #refuse(what: string): never {
    throw new UnusableInput(`${this.#name}, line ${this.line}: ${what}`)
  }
}

/** saxes says `12:5: unclosed tag: Child`. */
function inWords(message: string, linesBefore: number): string {
  const found = /^(\d+):(\d+): (.*)$/s.exec(message)
  if (!found) return `not well-formed XML: ${message}`
  const [, line, , what] = found as unknown as [string, string, string, string]
  const plain = what.replace(/\s+/g, ' ').slice(0, 120)
  if (/unclosed tag/.test(plain))
    return `ends too soon, at line ${Number(line) + linesBefore} (${plain.replace(/\.$/, '')})`
  return `line ${Number(line) + linesBefore} is not well-formed XML: ${plain}`
}
