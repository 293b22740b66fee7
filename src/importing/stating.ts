import { dayOfIso } from '../returns/reading/days.ts'
import { type Fact, Keys, type SourceRow, type StatedPerson, type Value } from './model.ts'

/** How a column of a file becomes a value of the record. What cannot be one stays text, and is told as a problem. */
export type Reading = (text: string) => Value

export const asText: Reading = (text) => text
export const asDay: Reading = (text) => text
export const asWhole: Reading = (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : text)
export const asYesNo: Reading = (text) => {
  const word = text.toLowerCase()
  if (['1', 'true', 'yes', 'y'].includes(word)) return true
  return ['0', 'false', 'no', 'n'].includes(word) ? false : text
}

/** Columns of the record, each with the column of the file it comes from and how it is read. */
export type Shape = Readonly<Record<string, readonly [from: string, reading: Reading]>>

/** `shape('CINPlanDates day→…')`: pairs of the record's column and the file's. */
export const days = (pairs: Record<string, string>): Shape => all(pairs, asDay)
export const texts = (pairs: Record<string, string>): Shape => all(pairs, asText)
export const yesNos = (pairs: Record<string, string>): Shape => all(pairs, asYesNo)
export const wholes = (pairs: Record<string, string>): Shape => all(pairs, asWhole)

const all = (pairs: Record<string, string>, reading: Reading): Shape =>
  Object.fromEntries(Object.entries(pairs).map(([column, from]) => [column, [from, reading] as const]))

/** What the columns of a shape are called in the file. */
export const calledOf = (shape: Shape): Record<string, string> =>
  Object.fromEntries(Object.entries(shape).map(([column, [from]]) => [column, from]))

/** The shape's columns as a row fills them; what the row leaves empty is null. */
export function valuesOf(row: SourceRow, shape: Shape): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const column in shape) {
    const [from, reading] = shape[column]!
    const text = row.values[from]
    values[column] = text === undefined ? null : reading(text)
  }
  return values
}

/** Only what is filled: where silence does not mean that there is nothing. */
export function filledOf(row: SourceRow, shape: Shape): Record<string, Value> {
  return Object.fromEntries(Object.entries(valuesOf(row, shape)).filter(([, value]) => value !== null))
}

export const isDay = (text: string | undefined): text is string =>
  text !== undefined && !Number.isNaN(dayOfIso(text))

/** Gathers what a file says of one person. */
export class Stating {
  readonly facts: Fact[] = []
  readonly refused: StatedPerson['refused'] = []
  #keys = new Keys()

  constructor(readonly rows: SourceRow[]) {}

  /** @param toldBy what the fact is told by; null where a person has but one */
  add(
    table: string,
    toldBy: string | null,
    row: SourceRow,
    values: Readonly<Record<string, Value>>,
    more: Partial<Pick<Fact, 'under' | 'others' | 'called'>> = {},
  ): Fact {
    const fact: Fact = {
      table,
      key: toldBy === null ? '' : this.#keys.of(table, toldBy),
      values,
      under: more.under ?? {},
      others: more.others ?? {},
      called: more.called ?? {},
      row: this.rows.indexOf(row),
    }
    this.facts.push(fact)
    return fact
  }

  refuse(row: SourceRow, reason: string): void {
    this.refused.push({ row: this.rows.indexOf(row), reason })
  }

  person(localId: string | null): StatedPerson {
    return { localId, rows: this.rows, facts: this.facts, refused: this.refused }
  }
}
