/** Ends a section, as in PostgreSQL's own text format: no line of a COPY can be this one. */
export const sectionEnd = '\\.\n'

const newLine = '\n'.charCodeAt(0)
const endAfterLine = Buffer.from(`\n${sectionEnd}`)

/** Reads lines and sections off a stream of bytes, in the order they come. Memory does not grow with the stream. */
export class Sections {
  readonly #parts: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#parts = bytes[Symbol.asyncIterator]()
  }

  /** The next line, without its end; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    let end = this.#rest.indexOf(newLine)
    while (end < 0) {
      if (!(await this.#more())) return undefined
      end = this.#rest.indexOf(newLine)
    }
    const line = this.#rest.subarray(0, end).toString('utf8')
    this.#rest = this.#rest.subarray(end + 1)
    return line
  }

  /**
   * The bytes up to the end of the section.
   * @throws Error when the stream ends before the section does
   */
  async *section(): AsyncGenerator<Buffer> {
    // A section without a line has its end where a line would begin.
    let pending: Buffer = Buffer.concat([Buffer.from('\n'), this.#rest])
    let first = true
    const give = (part: Buffer) => {
      const given = first ? part.subarray(1) : part
      first &&= part.length === 0
      return given
    }
    for (;;) {
      const end = pending.indexOf(endAfterLine)
      if (end >= 0) {
        yield give(pending.subarray(0, end + 1))
        this.#rest = pending.subarray(end + endAfterLine.length)
        return
      }
      const sure = Math.max(0, pending.length - endAfterLine.length)
      if (sure > 0) yield give(pending.subarray(0, sure))
      this.#rest = Buffer.alloc(0)
      const kept = pending.subarray(sure)
      if (!(await this.#more())) throw new Error('The stream ended within a section')
      pending = Buffer.concat([kept, this.#rest])
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#parts.next()
    if (next.done) return false
    this.#rest = Buffer.concat([this.#rest, next.value])
    return true
  }
}
