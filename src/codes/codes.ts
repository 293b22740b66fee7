import { readdirSync, readFileSync } from 'node:fs'

/** A code of a national set, with the collection years ('2024-25') in which it may be used. */
export interface Code {
  code: string
  label: string
  /** The first year; absent: since before anything Cairn reads. */
  from?: string
  /** The last year; absent: still. */
  until?: string
  /** Still accepted, but not offered for new records since this year. */
  retired?: string
  /** The returns that know it, where its set serves several and this code not all of them. */
  only?: ('cin-census' | 'ssda903')[]
  /** What it was called before. */
  earlier?: { label: string; until: string }[]
}

/** A national code set: one file `src/codes/<name>.json`, one domain `codes.<name>` in the database. */
export interface CodeSet {
  name: string
  title: string
  /** The fields of each return that use it, as the DfE spells them. */
  fields: Record<string, string[]>
  codes: Code[]
}

const folder = new URL('./', import.meta.url)

/** Every code set, by name. */
export const codeSets: ReadonlyMap<string, CodeSet> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CodeSet)
    .map((set) => [set.name, set]),
)

/**
 * One code set.
 * @throws when there is none of that name: a mistake in the program
 */
export function codeSet(name: string): CodeSet {
  const set = codeSets.get(name)
  if (!set) throw new Error(`There is no code set ${name}`)
  return set
}

/**
 * Whether a code may be used in a collection year.
 * @param year '2024-25'
 */
export function isValid({ from, until }: Code, year: string): boolean {
  return (!from || from <= year) && (!until || year <= until)
}

/** What a code says, in the words of its set; the code itself when the set does not have it. */
export function labelOf(name: string, code: string, year?: string): string {
  const found = codeSet(name).codes.find((one) => one.code === code)
  if (!found) return code
  const earlier = year ? found.earlier?.find(({ until }) => year <= until) : undefined
  return earlier?.label ?? found.label
}
