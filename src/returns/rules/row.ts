/** The fields of a row in the order of its table's columns: days are numbers, see `words.ts`. */
export type Cells = readonly (string | number | undefined)[]

/** What every row of a return knows, whatever its table. */
export abstract class Row {
  /** The name of its table. */
  abstract get table(): string
  /** Its columns in the order of the table. */
  abstract get columns(): readonly string[]
  /** Counted from 1 in its table; 0 for a row that stands for one that is not there. */
  readonly row: number
  /** By place of the column: the text that stood in the file where the field shows something else. */
  readonly odd: ReadonlyMap<number, string> | null

  constructor(row: number, odd: ReadonlyMap<number, string> | null) {
    this.row = row
    this.odd = odd
  }
}

/** Some fields of a row, where not all that a rule flags in its table are to be marked. */
export class Marked {
  constructor(
    readonly row: Row,
    readonly fields: readonly string[],
  ) {}
}

/** Marks only these fields of a row: `only(later, 'CPPstartDate')`. */
export const only = (row: Row, fields: string): Marked => new Marked(row, fields.split(' '))
