import { readFileSync } from 'node:fs'

/** A field of a table that a load reads. */
export interface SourceField {
  name: string
  type: string
  /** Whether it holds the source's number of a person. */
  isPerson: boolean
  /** Whether it is the row's own key: kept with the fact where there is one (importing.source_key). */
  isKey?: boolean
}

/** A table of files to bring across: of the Standard Safeguarding Dataset, or of the pack (pack-tables.ts). */
export interface SourceTable {
  name: string
  fields: readonly SourceField[]
}

const listed = JSON.parse(readFileSync(new URL('../returns/ssd/tables.json', import.meta.url), 'utf8')) as {
  table: string
  fields: { name: string; type: string; key?: boolean; references?: string }[]
}[]

/** The tables of the dataset, in its order. */
export const ssdTables: readonly SourceTable[] = listed.map(({ table, fields }) => ({
  name: table,
  fields: fields.map(({ name, type, key, references }) => ({
    name,
    type,
    isKey: key === true,
    isPerson: name === 'pers_person_id' || references === 'ssd_person.pers_person_id',
  })),
}))

/** Deployed and published databases call some fields differently; the record reads both. */
const otherNames: Readonly<Record<string, string>> = {
  clar_cla_person_id: 'clar_person_id',
  prep_la_inital_plan_approved: 'prep_la_initial_plan_approved',
}

/** What a name is compared by: 'Pers_Person_ID', '[pers_person_id]' and 'pers person id' are one. */
export const plainName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')

/** The prefix that every field of a table bears: 'pers_'. */
const prefixOf = ({ fields }: SourceTable): string => {
  const [first] = fields
  const prefix = first === undefined ? '' : first.name.slice(0, first.name.indexOf('_') + 1)
  return prefix !== '' && fields.every(({ name }) => name.startsWith(prefix)) ? prefix : ''
}

/**
 * Finds the fields of a table in a file's heading, written with the table's prefix or without.
 * @returns for each field its column, -1 where the file has none; and the columns that are no field of it
 */
export function fieldsIn(
  table: SourceTable,
  heading: readonly string[],
): { columns: number[]; strangers: string[] } {
  const names = heading.map(plainName)
  const prefix = prefixOf(table)
  const taken = new Set<number>()
  const find = (name: string) => {
    const at = names.findIndex((one, i) => one === name && !taken.has(i))
    if (at !== -1) taken.add(at)
    return at
  }
  const columns = table.fields.map(({ name }) => find(name))
  table.fields.forEach(({ name }, i) => {
    if (columns[i] === -1 && otherNames[name] !== undefined) columns[i] = find(otherNames[name])
    if (columns[i] === -1 && prefix !== '') columns[i] = find(name.slice(prefix.length))
  })
  return { columns, strangers: heading.filter((name, i) => !taken.has(i) && name.trim() !== '') }
}

/**
 * Which table a file is of: by its name (`ssd_person.csv`, `dbo.ssd_person_20260331.csv`, `Person.csv`), and where that
 * says nothing, by its columns.
 * @returns undefined when it is none of them
 */
export function tableOf(
  tables: readonly SourceTable[],
  file: string,
  heading: readonly string[],
): SourceTable | undefined {
  const name = plainName(file.replace(/^.*[\\/]/, '').replace(/\.(csv|txt|tsv)$/i, ''))
  const bare = (table: SourceTable) => table.name.replace(/^ssd_|^pack_/, '')
  const byName = tables
    .filter((table) => new RegExp(`(^|_)${table.name}(_?\\d.*)?$`).test(name) || name === bare(table))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (byName !== undefined) return byName
  const prefixed = heading.map(plainName)
  const scored = tables
    .map((table) => ({
      table,
      found: table.fields.filter((field) => prefixed.includes(field.name)).length / table.fields.length,
    }))
    .sort((a, b) => b.found - a.found)
  const [best, next] = scored
  return best !== undefined && best.found >= 0.6 && best.found > (next?.found ?? 0) ? best.table : undefined
}
