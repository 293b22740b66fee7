import type { Reading } from './landings.ts'
import type { Words } from './mapping.ts'
import {
  addressFrom,
  codesFrom,
  codeText,
  dayFrom,
  momentFrom,
  objectFrom,
  postcodeFrom,
  textOf,
  Unreadable,
  whoFrom,
  wholeFrom,
  yesNoFrom,
} from './ssd-cells.ts'
import type { TextRow } from './ssd-files.ts'
import type { SourceTable } from './ssd-tables.ts'

/** A row as it is set up in the database. */
export interface CleanRow {
  values: (string | null)[]
  held: string | null
  warned: string[]
}

/** What a table's fields are read as, and whose unreadable cells keep their row out. */
export interface CleaningRules {
  readings: Readonly<Record<string, Reading>>
  /** Fields a row cannot do without: an unreadable cell, or a word without meaning, holds the row. */
  needed: ReadonlySet<string>
}

const byType: Readonly<Record<string, Reading>> = {
  datetime: 'day',
  date: 'day',
  char: 'yes-no',
  integer: 'whole',
  boolean: 'yes-no',
}

/** A person is never held for a cell: every row of theirs would be. */
const person = 'ssd_person'

/** Makes the rows of one table clean: a function of the row, the readings and the signed words. */
export class Cleaning {
  readonly fields: readonly string[]
  #readings: readonly Reading[]

  constructor(
    private readonly table: SourceTable,
    private readonly rules: CleaningRules,
    private readonly words: Words,
  ) {
    this.fields = table.fields.map(({ name }) => name)
    this.#readings = table.fields.map(({ name, type }) => rules.readings[name] ?? byType[type] ?? 'text')
  }

  clean({ cells, wrong }: TextRow): CleanRow {
    const row: CleanRow = { values: [], held: wrong, warned: [] }
    for (let i = 0; i < this.fields.length; i++) {
      const cell = cells[i]
      row.values.push(cell === undefined || cell === '' ? null : this.#read(i, cell, row))
    }
    if (this.table.name === person && row.held === null) row.held = whoIsNobody(this.fields, row.values)
    return row
  }

  #read(i: number, cell: string, row: CleanRow): string | null {
    const reading = this.#readings[i]!
    const field = this.fields[i]!
    if (typeof reading === 'object') return this.#code(field, reading.code, cell, row)
    switch (reading) {
      case 'day':
      case 'moment': {
        const read = reading === 'day' ? dayFrom(cell) : momentFrom(cell)
        if (read instanceof Unreadable) {
          // A day left out could make what has ended open: the row waits.
          this.#tell(field, read.why, row, this.table.name !== person)
          return null
        }
        return read
      }
      case 'yes-no':
        return this.#plain(field, yesNoFrom(cell), row)
      case 'whole':
        return this.#plain(field, wholeFrom(cell), row)
      case 'capitals':
        return textOf(cell)?.toUpperCase() ?? null
      case 'who':
        return whoFrom(cell)
      case 'postcode':
        return postcodeFrom(cell)
      case 'object':
        return this.#object(field, cell, row)
      case 'codes':
        return this.#codes(field, cell, row)
      case 'address': {
        const read = addressFrom(cell)
        return read.lines === null && read.uprn === null ? null : JSON.stringify(read)
      }
      default:
        return textOf(cell)
    }
  }

  #plain(field: string, read: string | null | Unreadable, row: CleanRow): string | null {
    if (!(read instanceof Unreadable)) return read
    this.#tell(field, read.why, row, this.rules.needed.has(field))
    return null
  }

  #code(field: string, set: string, cell: string, row: CleanRow): string | null {
    const text = codeText(cell)
    if (text === null || (text === 'NONE' && set !== 'disability')) return null
    const meaning = this.words.meaning(field, set, text)
    if ('code' in meaning) return meaning.code
    const why = `‘${text.slice(0, 60)}’ is no code, and nobody has signed what it stands for (Local words)`
    this.#tell(field, why, row, this.rules.needed.has(field))
    return null
  }

  #object(field: string, cell: string, row: CleanRow): string | null {
    const text = textOf(cell)
    if (text === null) return null
    const found = objectFrom(text)
    if (found !== undefined) return Object.keys(found).length === 0 ? null : JSON.stringify(found)
    this.#tell(field, 'is not the JSON that the dataset asks for', row, false)
    return null
  }

  #codes(field: string, cell: string, row: CleanRow): string | null {
    const found = codesFrom(cell)
    if (found === undefined) {
      this.#tell(field, 'is neither a JSON list of factors nor codes with commas between', row, true)
      return null
    }
    const codes = found.flatMap((text) => {
      const code = this.#code(field, 'assessment_factor', text, row)
      return code === null ? [] : [code]
    })
    return codes.length === 0 ? null : [...new Set(codes)].join(',')
  }

  #tell(field: string, why: string, row: CleanRow, holds: boolean): void {
    const says = `${field}: ${why}`
    if (holds) row.held ??= says
    else row.warned.push(`${says}; loaded without it`)
  }
}

/** Rows that stand for nobody: merged away, or made to try the system out (vendor extracts, rules 4 and 5). */
function whoIsNobody(fields: readonly string[], values: readonly (string | null)[]): string | null {
  const named = (field: string) => values[fields.indexOf(field)] ?? ''
  const names = [named('pers_forename'), named('pers_surname')]
  if (names.some((name) => /\bduplicate\b/i.test(name)))
    return 'named DUPLICATE: merged away in the old system. If it is a person, correct the name there'
  if (names.every((name) => /^(zz+[- ]?)?test(er|ing)?( ?\d+)?$/i.test(name)))
    return 'named Test: made to try the old system out. If it is a person, correct the name there'
  return null
}
