import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ssda903Tables } from '../../src/returns/reading/ssda903/tables.ts'
import type { Fields } from './mistakes.ts'
import type { Rows903 } from './ssda903.ts'

/** Mistakes that need a table which the XML form has not, a second row of what stands once, or a date of birth a row. */
const onlyInCsv = /^(SW\d.*|70\d|710|INT1\d|INT31)$/

export const canStandInXml = (rule: string): boolean => !onlyInCsv.test(rule)

const columnsOf = (name: string, ...but: string[]) =>
  ssda903Tables
    .find((table) => table.name === name)!
    .columns.filter((column) => !['CHILD', 'DOB', ...but].includes(column))

const columns = {
  OC3: columnsOf('OC3'),
  AD1: columnsOf('AD1'),
  Reviews: columnsOf('Reviews'),
  Missing: columnsOf('Missing'),
  PrevPerm: columnsOf('PrevPerm'),
  OC2: columnsOf('OC2'),
  PlacedAdoption: columnsOf('PlacedAdoption'),
  Episodes: columnsOf('Episodes'),
}

/** One XML file, child by child, and which row of which table everything written lately is read as. */
export class XmlReturn {
  #text = '<?xml version="1.0" encoding="UTF-8"?>\n<EXPSSDA903>\n'
  #rows = new Map<string, number>()
  #places = new WeakMap<object, string>()
  readonly #file: number

  constructor(private readonly folder: string) {
    this.#file = openSync(join(folder, 'ssda903.xml'), 'w')
  }

  placeOf(row: object): string {
    return this.#places.get(row)!
  }

  ownerOf(row: object): string {
    return (row as Fields).CHILD!
  }

  add(rows: Rows903): void {
    const [header] = rows.Header
    if (header === undefined) return
    const { CHILD, UPN, SEX, DOB, ETHNIC, MOTHER, MC_DOB } = header
    // Every header has the marker, and where it stands there is a row of UASC.
    const uasc = rows.UASC[0] ?? {}
    this.#place('Header', header)
    this.#place('UASC', uasc)
    const marker = rows.UASC.length > 0 ? '1' : '0'
    this.#text += `<CHILD><HEADER>${elements({ CHILDID: CHILD, UPN, SEX, DOB, ETHNIC, UASC: marker, DUC: uasc.DUC })}`
    for (const table of ['OC3', 'AD1'] as const)
      for (const row of rows[table]) this.#text += this.#own(table, row)
    this.#text += this.#blocks('AREVIEW', 'Reviews', rows)
    this.#text += elements({ MOTHER, MC_DOB })
    this.#text += this.#blocks('AMISSING', 'Missing', rows)
    this.#text += this.#blocks('PERMANENCE', 'PrevPerm', rows)
    this.#text += this.#blocks('OC2', 'OC2', rows)
    this.#text += this.#blocks('AD_PLACED', 'PlacedAdoption', rows)
    this.#text += `</HEADER>${this.#blocks('EPISODE', 'Episodes', rows)}</CHILD>\n`
    if (this.#text.length > 1 << 18) this.#write()
  }

  /** @returns the folder, and how many rows are in it */
  close(): { folder: string; rows: number } {
    this.#text += '</EXPSSDA903>\n'
    this.#write()
    closeSync(this.#file)
    return { folder: this.folder, rows: [...this.#rows.values()].reduce((sum, rows) => sum + rows, 0) }
  }

  #blocks(name: string, table: keyof typeof columns, rows: Rows903): string {
    return rows[table].map((row) => `<${name}>${this.#own(table, row)}</${name}>`).join('')
  }

  #own(table: keyof typeof columns, row: Fields): string {
    this.#place(table, row)
    return elements(
      Object.fromEntries(columns[table].map((column) => [column === 'PLACE' ? 'PL' : column, row[column]])),
    )
  }

  #place(table: string, row: object): void {
    const number = (this.#rows.get(table) ?? 0) + 1
    this.#rows.set(table, number)
    this.#places.set(row, `${table} ${number}`)
  }

  #write(): void {
    writeSync(this.#file, this.#text)
    this.#text = ''
  }
}

function elements(fields: Fields): string {
  let text = ''
  for (const name in fields) if (fields[name] !== undefined) text += `<${name}>${fields[name]}</${name}>`
  return text
}
