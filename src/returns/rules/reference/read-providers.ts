import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { dayOf, dayOfIso } from '../../reading/days.ts'
import { whyNot } from '../../reading/input.ts'
import { UnusableInput } from '../../reading/unusable.ts'
import type { Day } from '../words.ts'
import type { ProviderEntry } from './providers.ts'
import { readWorkbook, type Sheet } from './workbook.ts'

/** Excel's day 25569 is 1 January 1970. */
const excelEpoch = 25569

/**
 * Reads Ofsted's lists of providers, as workbooks: the list of children's homes with that of social care providers,
 * or one combined list, in the older and newer forms.
 * @throws UnusableInput when a file is no such list
 */
export function readProviders(paths: readonly string[]): ProviderEntry[] {
  return paths.flatMap((path) => {
    let bytes: Uint8Array
    try {
      bytes = readFileSync(path)
    } catch (error) {
      throw new UnusableInput(`${path}: ${whyNot(error)}`)
    }
    const entries = providersIn(readWorkbook(bytes, basename(path)))
    if (entries.length === 0)
      throw new UnusableInput(
        `${basename(path)}: no sheet here has the columns of Ofsted’s list of providers (URN …)`,
      )
    return entries
  })
}

/** The providers on all sheets of a workbook. */
export function providersIn(sheets: readonly Sheet[]): ProviderEntry[] {
  const tables = sheets
    .map(({ name, rows }) => ({ name, table: new Table(rows) }))
    .filter(({ table }) => table.has('urn'))
  const addresses = tables.find(({ name }) => /^address details$/i.test(name))?.table
  const postcodes = new Map(addresses?.map((row) => [row('urn'), postcodeOf(row)]))
  return tables
    .filter(({ table }) => table !== addresses)
    .flatMap(({ name, table }) => {
      const supported = /^sa providers$/i.test(name)
      // In the list of children's homes the provider's code is the placement's.
      const homes = table.has('provider placement code')
      return table
        .map(
          (row): ProviderEntry => ({
            urn: row('urn').toUpperCase(),
            placementCodes: supported ? 'K3' : homes ? row('provider code') : row('placement code'),
            providerCodes:
              (homes ? row('provider placement code') : row('placement provider code')) ||
              (supported ? 'PR4' : ''),
            registrationEnd: dayIn(row('deregistration date') || row('closed date')),
            postcode: postcodeOf(row) || postcodes.get(row('urn')),
          }),
        )
        .filter(({ urn }) => urn !== '')
    })
}

type Cells = (column: string) => string

const postcodeOf = (row: Cells): string =>
  row('setting address postcode') || row('setting postcode') || row('postcode')

function dayIn(text: string): Day | undefined {
  if (text === '' || text === '-') return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Math.floor(Number(text)) - excelEpoch
  const iso = dayOfIso(text.slice(0, 10))
  return Number.isNaN(iso) ? dayOf(text.slice(0, 10)) : iso
}

/** A sheet whose line of column names is the first that has a URN. */
class Table {
  readonly #columns: Map<string, number>
  readonly #rows: readonly string[][]

  constructor(rows: readonly string[][]) {
    const heading = rows.slice(0, 20).findIndex((row) => row.some((cell) => /^urn$/i.test(cell ?? '')))
    const names = heading === -1 ? [] : rows[heading]!
    this.#columns = new Map(
      names.map((name, i) => [(name ?? '').toLowerCase().replaceAll(/\s+/g, ' ').trim(), i]),
    )
    this.#rows = heading === -1 ? [] : rows.slice(heading + 1)
  }

  has(column: string): boolean {
    return this.#columns.has(column)
  }

  map<T>(make: (row: Cells) => T): T[] {
    return this.#rows.map((row) => make((column) => row[this.#columns.get(column) ?? -1] ?? ''))
  }
}
