/** Something untidy that was read nevertheless, or left out, and what the reader made of it. */
export interface Warning {
  /** Name of the file as given, without its folder. */
  file: string
  /** Line in the file, counted from 1; null when it is about the whole file. */
  line: number | null
  what: string
}

/** Of warnings that differ only in their line, so many are told one by one. */
const toldOneByOne = 20

/**
 * Collects warnings without growing with the size of the input: of each kind the first few are kept with
 * their line, the others are counted.
 */
export class Warnings {
  #kept = new Map<string, { file: string; what: string; lines: (number | null)[]; count: number }>()

  add(file: string, line: number | null, what: string): void {
    this.#count(file, what, line === null ? [null] : [line], 1)
  }

  /** Takes over what another collection (of a worker thread) has gathered. */
  addAll(other: ReturnType<Warnings['counted']>): void {
    for (const { file, what, lines, count } of other) this.#count(file, what, lines, count)
  }

  /** What was gathered in a form that can be sent between threads. */
  counted(): { file: string; what: string; lines: (number | null)[]; count: number }[] {
    return [...this.#kept.values()]
  }

  /** The warnings in order of file and line; one last line for each kind of which there are too many to tell. */
  list(): Warning[] {
    const told: Warning[] = []
    for (const { file, what, lines, count } of this.#kept.values()) {
      const shown = [...lines].sort((a, b) => (a ?? 0) - (b ?? 0)).slice(0, toldOneByOne)
      for (const line of shown) told.push({ file, line, what })
      if (count > shown.length)
        told.push({ file, line: null, what: `${what} (and ${count - shown.length} more like it)` })
    }
    return told
  }

  #count(file: string, what: string, lines: (number | null)[], count: number): void {
    const key = `${file}\0${what}`
    const known = this.#kept.get(key)
    if (known === undefined) {
      // A file made to mislead could make every warning unlike the others.
      if (this.#kept.size >= 1000) this.#overflow(file, count)
      else this.#kept.set(key, { file, what, lines: lines.slice(0, toldOneByOne), count })
      return
    }
    known.count += count
    for (const line of lines) if (known.lines.length < toldOneByOne) known.lines.push(line)
  }

  #overflow(file: string, count: number): void {
    const what = 'more warnings of other kinds'
    const key = `\0${what}`
    const known = this.#kept.get(key)
    if (known) known.count += count
    else this.#kept.set(key, { file, what, lines: [null], count })
  }
}
