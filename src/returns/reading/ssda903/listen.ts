import { UnusableInput } from '../unusable.ts'
import type { Warnings } from '../warnings.ts'
import type { Listener } from '../xml/parse.ts'
import { ssda903Tables } from './tables.ts'

/** Parts the cells of a record made from elements. Cannot stand in XML. */
export const cellMark = '\u001f'

const longestValue = 60
const mostRowsOfChild = 20_000

const number = (name: string) => ssda903Tables.findIndex((table) => table.name === name)
const columnsOf = (name: string): readonly string[] => ssda903Tables[number(name)]!.columns

/** Blocks inside HEADER (and EPISODE beside it) that are rows of a table. */
const blocks: Record<string, string> = {
  EPISODE: 'Episodes',
  AREVIEW: 'Reviews',
  AMISSING: 'Missing',
  PERMANENCE: 'PrevPerm',
  OC2: 'OC2',
  AD_PLACED: 'PlacedAdoption',
}

/** Element names that differ from those of the columns. */
const columnOf: Record<string, string> = { CHILDID: 'CHILD', PL: 'PLACE' }

/** Tables whose one row stands directly in HEADER, and the element whose value says that it is there. */
const inHeader: [table: string, sign: string][] = [
  ['UASC', 'UASC'],
  ['OC3', 'IN_TOUCH'],
  ['AD1', 'DATE_INT'],
]

const headerElements = new Set(['CHILDID', ...['Header', 'UASC', 'OC3', 'AD1'].flatMap(columnsOf)])

/** One row as it stood in the elements. */
export interface ElementRow {
  table: number
  /** By column of the table. */
  values: string[]
  line: number
}

interface Open {
  table: number
  values: Map<string, string>
  line: number
}

/** Listens to the XML form of the return and makes the rows of its tables, child by child. */
export class Ssda903Listener implements Listener {
  #path: string[]
  #field: string | null = null
  #text = ''
  #passing = 0
  #header: Open | null = null
  #block: Open | null = null
  #rows: Open[] = []

  /** @param piece what is listened to are children without the element around them */
  constructor(
    private readonly file: string,
    private readonly warnings: Warnings,
    private readonly done: (id: string, rows: ElementRow[]) => void,
    piece = false,
  ) {
    this.#path = piece ? ['EXPSSDA903'] : []
  }

  open(tag: string, line: number, attributes: boolean): void {
    if (this.#passing > 0) {
      this.#passing++
      return
    }
    const name = tag.slice(tag.indexOf(':') + 1).toUpperCase()
    if (attributes && this.#path.length > 0) this.#tell(line, 'attributes are passed over')
    if (this.#path.length === 0) {
      if (name !== 'EXPSSDA903') {
        throw new UnusableInput(
          `${this.file}, line ${line}: the outermost element is ${shown(tag)}, not EXPSSDA903: this is no looked-after children return (SSDA903)`,
        )
      }
      this.#path.push(name)
    } else if (this.#field !== null) this.#passOver(line, `element ${shown(tag)} inside ${this.#field}`)
    else this.#openIn(name, line)
  }

  text(text: string, line: number): void {
    if (this.#passing > 0) return
    if (this.#field !== null) {
      if (this.#text.length <= longestValue) this.#text += text.slice(0, longestValue + 1)
    } else if (text.trim() !== '') this.#tell(line, 'stray text between elements is passed over')
  }

  close(_tag: string, line: number): void {
    if (this.#passing > 0) {
      this.#passing--
      return
    }
    if (this.#field !== null) {
      this.#fill(this.#field, line)
      this.#field = null
      return
    }
    const name = this.#path.pop()
    if (name === 'CHILD') this.#finish(line)
    else if (name !== 'HEADER' && this.#block !== null) {
      this.#keep(this.#block, line)
      this.#block = null
    }
  }

  #openIn(name: string, line: number): void {
    const around = this.#path[this.#path.length - 1]!
    if (around === 'EXPSSDA903' && name === 'CHILD') {
      this.#path.push(name)
      this.#header = null
      this.#rows = []
    } else if (around === 'CHILD' && name === 'HEADER') {
      this.#path.push(name)
      if (this.#header !== null) this.#tell(line, 'HEADER stands twice in one child')
      this.#header ??= { table: number('Header'), values: new Map(), line }
    } else if (isBlockIn(around, name)) {
      this.#path.push(name)
      this.#block = { table: number(blocks[name]!), values: new Map(), line }
    } else if (this.#isField(around, name)) {
      this.#field = name
      this.#text = ''
    } else this.#passOver(line, `element ${shown(name)} is not part of ${around}`)
  }

  #isField(around: string, name: string): boolean {
    if (around === 'HEADER') return headerElements.has(name)
    const table = blocks[around]
    return table !== undefined && columnsOf(table).includes(columnOf[name] ?? name)
  }

  #fill(field: string, line: number): void {
    let value = this.#text.replaceAll(cellMark, ' ').replaceAll(/\s+/g, ' ').trim()
    if (value === '') return
    if (value.length > longestValue) {
      this.#tell(line, `${field} is longer than ${longestValue} letters and is cut there`)
      value = value.slice(0, longestValue)
    }
    const values = (this.#block ?? this.#header)!.values
    const column = columnOf[field] ?? field
    if (values.has(column)) this.#tell(line, `${field} stands twice in one place: the first is read`)
    else values.set(column, value)
  }

  #keep(row: Open, line: number): void {
    if (this.#rows.length < mostRowsOfChild) this.#rows.push(row)
    else this.#tell(line, `left out: child has more than ${mostRowsOfChild} rows`)
  }

  #finish(line: number): void {
    const header = this.#header ?? { table: number('Header'), values: new Map<string, string>(), line }
    const signs = inHeader.filter(([, sign]) => header.values.has(sign))
    const more = signs.map(([table]) => ({ table: number(table), values: header.values, line: header.line }))
    const carried: [string, string | undefined][] = ['CHILD', 'DOB'].map((name) => [
      name,
      header.values.get(name),
    ])
    const rows = [header, ...more, ...this.#rows].map(({ table, values, line }) => {
      for (const [name, value] of carried) if (value !== undefined) values.set(name, value)
      return { table, values: ssda903Tables[table]!.columns.map((column) => values.get(column) ?? ''), line }
    })
    this.done(header.values.get('CHILD') ?? '', rows)
  }

  #passOver(line: number, what: string): void {
    this.#tell(line, `${what}: passed over`)
    this.#passing = 1
  }

  #tell(line: number, what: string): void {
    this.warnings.add(this.file, line, what)
  }
}

function isBlockIn(around: string, name: string): boolean {
  return name === 'EPISODE' ? around === 'CHILD' : around === 'HEADER' && Object.hasOwn(blocks, name)
}

const shown = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)
