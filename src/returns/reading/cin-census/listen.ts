import { dayOfIso } from '../days.ts'
import { blank, type Cell } from '../ssda903/cells.ts'
import { UnusableInput } from '../unusable.ts'
import type { Warnings } from '../warnings.ts'
import type { Listener } from '../xml/parse.ts'
import { aroundChildren, censusTables, type Field, type Group, message, tableNumber } from './tables.ts'

/** More rows than any child's life could fill. */
const mostRowsOfChild = 20_000

/** No value of the census is longer than a fraction of this. */
const longestValue = 1000

/** One row of the census. */
export interface CensusRow {
  /** In the order of the table's columns. A list of factors stands in `factors`, not here. */
  cells: Cell[]
  factors: string[]
  /** By column: what stood in the file where the cell shows something else, such as a date that is none. */
  odd: Map<number, string> | null
  /** Counted from 1 in its table, in the order of the file. */
  row: number
  line: number
  /** Counted from 1: the CIN episode within the child, and the group within the episode. */
  episode: number
  group: number
}

/** All that a census says of one child. */
export interface CensusChild {
  /** LAchildID as in the file; null when there is none. */
  id: string | null
  /** Counted from 0 in the order of the file. */
  order: number
  /** By place in `censusTables`. */
  rows: CensusRow[][]
}

const identifiers = tableNumber('ChildIdentifiers')
const episodes = tableNumber('CINdetails')
const reviews = tableNumber('Reviews')
const headerTable = tableNumber('Header')

/** Listens to the elements of a census and makes children of them. */
export class CensusListener implements Listener {
  /** Rows met so far of each table. */
  readonly counts = new Array<number>(censusTables.length).fill(0)
  header: CensusRow | null = null
  childrenMet = 0
  #groups: Group[]
  /** The row that each open group fills, or that of the group around it. */
  #rows: (CensusRow | null)[]
  #field: Field | null = null
  #text = ''
  /** Elements open inside one that is passed over. */
  #passing = 0
  #child: CensusChild | null = null
  #rowsOfChild = 0
  readonly #emptyRows: boolean
  /** Review dates met before the group of reviews that is open. */
  #reviewsBefore = 0

  /**
   * @param done called with each child when its element closes
   * @param piece what is listened to are children without the `Message` around them
   * @param emptyRows a review or a disability that is there and holds nothing is a row, of blanks: for rules that
   *   ask for its mere presence
   */
  constructor(
    private readonly file: string,
    private readonly warnings: Warnings,
    private readonly done: (child: CensusChild) => void,
    { piece = false, emptyRows = false }: { piece?: boolean; emptyRows?: boolean } = {},
  ) {
    this.#emptyRows = emptyRows
    this.#groups = piece ? [aroundChildren] : []
    this.#rows = piece ? [null] : []
  }

  open(tag: string, line: number, attributes: boolean): void {
    if (this.#passing > 0) {
      this.#passing++
      return
    }
    if (attributes && this.#groups.length > 0) this.#tell(line, 'attributes are passed over')
    if (this.#groups.length === 0) this.#begin(tag, line)
    else if (this.#field !== null) this.#passOver(line, `element ${shown(tag)} inside ${this.#field.name}`)
    else this.#openIn(this.#groups[this.#groups.length - 1]!, tag, line)
  }

  #begin(tag: string, line: number): void {
    const name = tag.slice(tag.indexOf(':') + 1)
    if (name !== message.name) {
      throw new UnusableInput(
        `${this.file}, line ${line}: the outermost element is ${shown(name)}, not Message: this is no CIN census`,
      )
    }
    this.#enter(message, line)
  }

  #openIn(around: Group, tag: string, line: number): void {
    const found = around.holds.get(tag)
    if (found === undefined) this.#openUnknown(around, tag, line)
    else if (found.kind === 'field') {
      this.#field = found
      this.#text = ''
    } else this.#enter(found, line)
  }

  #openUnknown(around: Group, tag: string, line: number): void {
    const colon = tag.indexOf(':')
    if (colon !== -1) {
      this.#tell(line, 'prefixes of element names are passed over')
      this.#openIn(around, tag.slice(colon + 1).replaceAll(':', ''), line)
    } else if (around.name === 'CBDSLevels') this.#passing = 1
    else this.#passOver(line, `element ${shown(tag)} is not part of ${around.name}`)
  }

  text(text: string, line: number): void {
    if (this.#field !== null && this.#passing === 0) {
      if (this.#text.length <= longestValue)
        this.#text += text.length > longestValue ? text.slice(0, longestValue + 1) : text
    } else if (this.#passing === 0 && !isBlank(text))
      this.#tell(line, 'stray text between elements is passed over')
  }

  close(_tag: string, line: number): void {
    if (this.#passing > 0) {
      this.#passing--
      return
    }
    if (this.#field !== null) {
      const text = this.#text.trim()
      if (text !== '') this.#fill(this.#field, text, line)
      else if (this.#emptyRows && this.#field.times === 'row')
        this.#rowOfOneField(this.#field.table, this.#rows[this.#rows.length - 1]!, line)
      this.#field = null
      return
    }
    const group = this.#groups.pop()
    const row = this.#rows.pop()!
    if (group?.name === 'Reviews' && this.#emptyRows && this.counts[reviews] === this.#reviewsBefore)
      this.#rowOfOneField(reviews, row, line)
    if (group?.name === 'Child' && this.#child !== null) this.#finish(this.#child, line)
  }

  #enter(group: Group, line: number): void {
    const around = this.#rows.length > 0 ? this.#rows[this.#rows.length - 1]! : null
    let row = around
    if (group.name === 'Reviews') this.#reviewsBefore = this.counts[reviews]!
    if (group.name === 'Child') this.#beginChild()
    else if (group.table >= 0) row = this.#newRow(group.table, line)
    if (row !== null && group.table === headerTable) {
      // A census has one Header, and rule 100 judges one: the first, from which the year is taken too.
      if (this.header === null) this.header = row
      else this.#tell(line, 'a second Header is passed over')
    } else if (group.table >= 0 && !group.repeats && this.#child!.rows[group.table]!.length > 1)
      this.#tell(line, `${group.name} stands twice in one child`)
    this.#groups.push(group)
    this.#rows.push(row)
  }

  #beginChild(): void {
    this.#child = { id: null, order: this.childrenMet++, rows: censusTables.map(() => []) }
    this.#rowsOfChild = 0
  }

  #newRow(table: number, line: number): CensusRow {
    const rows = this.#child?.rows[table]
    const around = this.#rows.length > 0 ? this.#rows[this.#rows.length - 1] : null
    const row: CensusRow = {
      cells: new Array(censusTables[table]!.columns.length).fill(blank),
      factors: [],
      odd: null,
      row: ++this.counts[table]!,
      line,
      episode: table === episodes ? rows!.length + 1 : (around?.episode ?? 0),
      group: 0,
    }
    if (rows !== undefined) {
      row.group = numberInEpisode(rows, row)
      if (++this.#rowsOfChild <= mostRowsOfChild) rows.push(row)
      else this.#tell(line, `left out: child has more than ${mostRowsOfChild} rows`)
    }
    return row
  }

  #fill(field: Field, text: string, line: number): void {
    let value = text
    if (text.length > longestValue) {
      this.#tell(line, `${field.name} is longer than ${longestValue} letters and is cut there`)
      value = text.slice(0, longestValue)
    }
    const around = this.#rows[this.#rows.length - 1]!
    if (field.times === 'list') {
      if (around !== null && ++this.#rowsOfChild <= mostRowsOfChild) around.factors.push(value)
      return
    }
    const row = field.times === 'row' ? this.#rowOfOneField(field.table, around, line) : around
    if (row === null) return
    if (row.cells[field.column] !== blank || row.odd?.has(field.column)) {
      this.#tell(line, `${field.name} stands twice in one place: the first is read`)
      return
    }
    const cell = field.date ? dayOfIso(value) : value
    if (!Number.isNaN(cell)) row.cells[field.column] = cell
    else {
      // The census counts a date that is none as blank; what was written is kept to be shown.
      row.odd ??= new Map()
      row.odd.set(field.column, value)
    }
  }

  /** A review date or a disability is a row, and belongs to the plan or the child around it. */
  #rowOfOneField(table: number, around: CensusRow | null, line: number): CensusRow {
    const row = this.#newRow(table, line)
    if (around !== null) row.group = around.group
    return row
  }

  #finish(child: CensusChild, line: number): void {
    const id = child.rows[identifiers]![0]?.cells[0]
    if (typeof id === 'string') child.id = id
    else this.#tell(line, 'a child without LAchildID')
    this.#child = null
    this.done(child)
  }

  #passOver(line: number, what: string): void {
    this.#tell(line, `${what}: passed over`)
    this.#passing = 1
  }

  #tell(line: number, what: string): void {
    this.warnings.add(this.file, line, what)
  }
}

/** The how-manieth of its kind in its episode. */
function numberInEpisode(rows: CensusRow[], row: CensusRow): number {
  const before = rows[rows.length - 1]
  return before !== undefined && before.episode === row.episode ? before.group + 1 : 1
}

function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 32) return false
  return true
}

const shown = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)
