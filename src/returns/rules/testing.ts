import type { CensusChild, CensusRow } from '../reading/cin-census/listen.ts'
import { censusTables, tableNumber } from '../reading/cin-census/tables.ts'
import { dayOf, dayOfIso } from '../reading/days.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { Across } from './across.ts'
import { Checker, type Place } from './check-child.ts'
import { Child as CensusChildOfRules } from './cin-census-child.ts'
import { CensusHeader } from './cin-census-rows.ts'
import { Collection, type Given } from './collection.ts'
import { milesBetween, type Postcodes, type Provider, type Providers, type Spot } from './reference.ts'
import { Marked, type Row } from './row.ts'
import { type Rule, versionIn } from './rule.ts'
import { Child as Child903 } from './ssda903-child.ts'
import { rowMakers, type TableName } from './ssda903-rows.ts'
import { codes, postcode, type Text } from './words.ts'

/** Children for the tests of rules: what a test does not say is blank. */

type Fields = Record<string, string>
type Tables903 = { [T in TableName]?: Fields | readonly Fields[] }

/**
 * A looked-after child: rows by table, one alone or a list, fields as text, dates as dd/mm/yyyy. Every child has a
 * Header row (`Header: []` for none), and every row has CHILD `1` and, where there is one, DOB 14/05/2012 unless the
 * test says otherwise.
 */
export function child903({ lastYear, ...tables }: Tables903 & { lastYear?: Tables903 }): Child903 {
  const id = asList(tables.Header)[0]?.CHILD ?? '1'
  const before = lastYear === undefined ? undefined : new Child903(id, rows903(lastYear, id), undefined)
  return deepFreeze(new Child903(id, rows903(tables, id), before))
}

function rows903(tables: Tables903, id: string): Row[][] {
  const dob = asList(tables.Header)[0]?.DOB ?? '14/05/2012'
  return ssda903Tables.map(({ name, columns, dates }) => {
    const table = name as TableName
    const given = name === 'Header' && tables.Header === undefined ? [{}] : asList(tables[table])
    return given.map((fields, i) => {
      const known: Fields = columns.includes('DOB' as never) ? { CHILD: id, DOB: dob } : { CHILD: id }
      const { cells, odd } = cellsOf(name, columns, { ...known, ...fields }, dates, dayOf, false)
      return new rowMakers[table](cells, i + 1, odd)
    })
  })
}

interface CinFields {
  [field: string]: string | undefined | readonly unknown[]
  Assessments?: readonly (
    | Fields
    | { [field: string]: string | readonly string[]; AssessmentFactors: readonly string[] }
  )[]
  CINPlanDates?: readonly Fields[]
  Section47?: readonly Fields[]
  ChildProtectionPlans?: readonly (
    | Fields
    | { [field: string]: string | readonly string[]; Reviews: readonly string[] }
  )[]
  PreProceedingsandFGDM?: readonly Fields[]
}

interface CensusTables {
  ChildIdentifiers?: Fields | readonly Fields[]
  ChildCharacteristics?: Fields | readonly Fields[]
  Disabilities?: readonly string[]
  CINdetails?: CinFields | readonly CinFields[]
}

/**
 * A child of the census, nested as in its file: dates as CCYY-MM-DD, factors, disabilities and review dates as lists
 * of text ('' for an empty element). Every child has identifiers (`ChildIdentifiers: []` for none) with LAchildID
 * `1` and nothing else unless the test says so.
 */
export function census({ CINdetails, Disabilities, ...tables }: CensusTables): CensusChildOfRules {
  const rows: CensusRow[][] = censusTables.map(() => [])
  const add = (table: string, fields: Fields, episode = 0, group = 0, factors: readonly string[] = []) => {
    const number = tableNumber(table)
    const { columns } = censusTables[number]!
    const dates = columns.filter((name) => isDateOfCensus(name))
    const { cells, odd } = cellsOf(table, columns, fields, dates, dayOfIso, true)
    const row = rows[number]!.length + 1
    rows[number]!.push({ cells, factors: [...factors], odd, row, line: 0, episode, group })
  }
  for (const one of asList(tables.ChildIdentifiers ?? {})) add('ChildIdentifiers', { LAchildID: '1', ...one })
  for (const one of asList(tables.ChildCharacteristics)) add('ChildCharacteristics', one)
  for (const code of Disabilities ?? []) add('Disabilities', { Disability: code })
  asList(CINdetails).forEach((cin, e) => {
    const { Assessments, ChildProtectionPlans, CINPlanDates, Section47, PreProceedingsandFGDM, ...fields } =
      cin
    add('CINdetails', fields as Fields, e + 1)
    Assessments?.forEach(({ AssessmentFactors, ...one }, g) => {
      add('Assessments', one as Fields, e + 1, g + 1, AssessmentFactors as string[] | undefined)
    })
    for (const [table, list] of Object.entries({ CINPlanDates, Section47, PreProceedingsandFGDM }))
      for (const [g, one] of (list ?? []).entries()) add(table, one, e + 1, g + 1)
    ChildProtectionPlans?.forEach(({ Reviews, ...one }, g) => {
      add('ChildProtectionPlans', one as Fields, e + 1, g + 1)
      for (const date of (Reviews ?? []) as string[]) add('Reviews', { CPPreviewDate: date }, e + 1, g + 1)
    })
  })
  const id = asList(tables.ChildIdentifiers)[0]?.LAchildID ?? '1'
  const read: CensusChild = { id: id === '' ? null : id, order: 0, rows }
  return deepFreeze(new CensusChildOfRules(read))
}

/** The header of a census. */
export function censusHeader(fields: Fields): CensusHeader {
  const { columns } = censusTables[tableNumber('Header')]!
  const { cells, odd } = cellsOf('Header', columns, fields, ['ReferenceDate'], dayOfIso, true)
  return deepFreeze(new CensusHeader(cells, 1, odd))
}

const isDateOfCensus = (column: string) =>
  /Date$/i.test(column) || column === 'DateOfInitialCPC' || column === 'InitialCPCtarget'

interface Options extends Given {
  /** The year of the collection, and of its rules. */
  year?: string
}

/**
 * What a rule finds, a line for each finding: `'Episodes 2 DECOM DEC, Header 1 DOB'`; `'the whole return'` for a
 * finding on no row. With several children each line begins with the child: `'A: Header 1 UPN'`.
 *
 * @param checked a child, several, or the header of a census
 */
export function findings(
  rule: Rule,
  checked: Child903 | CensusChildOfRules | CensusHeader | readonly (Child903 | CensusChildOfRules)[],
  { year = '2025-26', ...given }: Options = {},
): string[] {
  const version = versionIn(rule, year)
  if (version === undefined) throw new Error(`Rule ${rule.code} is not in force in ${year}`)
  const collection = new Collection(year, given)
  const across = new Across()
  const checker = new Checker([version], collection, across)
  if (checked instanceof CensusHeader) return checker.checkHeader(checked).map(({ places }) => line(places))
  const several = Array.isArray(checked)
  const children = (several ? checked : [checked]) as Child903[]
  const lines = children.flatMap((child, order) =>
    checker.check(child as never, order).map(({ places }) => ({ child: child.id, text: line(places) })),
  )
  for (const { child, places } of across.findings([version], collection))
    lines.push({ child, text: line(places) })
  return lines.map(({ child, text }) => (several && child !== null ? `${child}: ${text}` : text))
}

const line = (places: readonly Place[]) =>
  places.map(({ table, row, fields }) => `${table} ${row} ${fields.join(' ')}`).join(', ') ||
  'the whole return'

/** Every PLACE there is or was in the years that have rules, and a blank: to try a rule's list as a whole. */
export const allPlacements = [
  ...codes(
    'A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14',
  ),
  '',
] as readonly string[]

/** Text that is no real date of the return, dd/mm/yyyy: to try rules about dates. */
export const noDates = [
  '38/04/2019',
  '29/02/2025',
  '01/01/19',
  '1/1/2019',
  '2019-01-01',
  'ZZ/04/2019',
] as const

/** Postcodes for tests: `postcodes({ 'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 } })`. */
export function postcodes(known: Record<string, Spot & { authority: string }>): Postcodes {
  const spots = new Map(Object.entries(known).map(([code, spot]) => [postcode(code), spot]))
  const find = (code: Text) => spots.get(postcode(code))
  return {
    has: (code) => find(code) !== undefined,
    authority: (code) => find(code)?.authority,
    miles(one, other) {
      const [from, to] = [find(one), find(other)]
      return from && to ? milesBetween(from, to) : (undefined as never)
    },
  }
}

/** Ofsted's list for tests, by URN; a provider has all placement and provider codes that it is given. */
export function providers(
  known: Record<string, { placement?: string; provider?: string; ended?: string; postcode?: string }>,
): Providers {
  const found = new Map(
    Object.entries(known).map(
      ([urn, { placement = '', provider = '', ended, postcode: at }]): [string, Provider] => [
        urn,
        {
          placementCodes: codes(placement),
          providerCodes: codes(provider),
          registrationEnd: ended === undefined ? (undefined as never) : dayOf(ended),
          postcode: postcode(at),
        },
      ],
    ),
  )
  return { find: (urn) => found.get(urn ?? '') }
}

function asList<T>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return []
  return Array.isArray(given) ? given : [given as T]
}

function cellsOf(
  table: string,
  columns: readonly string[],
  fields: Fields,
  dates: readonly string[],
  read: (text: string) => number,
  blankWhenUnreadable: boolean,
) {
  for (const name of Object.keys(fields))
    if (!columns.includes(name)) throw new Error(`${table} has no ${name}`)
  const odd = new Map<number, string>()
  const cells = columns.map((column, i) => {
    const text = fields[column]
    if (text === undefined || text === '') return undefined
    if (!dates.includes(column)) return text
    const day = read(text)
    if (!Number.isNaN(day)) return day
    odd.set(i, text)
    return blankWhenUnreadable ? undefined : day
  })
  return { cells, odd: odd.size === 0 ? null : odd }
}

/** A rule that alters what it is given throws, and so fails its test. */
function deepFreeze<T extends object>(thing: T): T {
  if (Object.isFrozen(thing)) return thing
  Object.freeze(thing)
  for (const inner of Object.values(thing)) {
    if (typeof inner === 'object' && inner !== null && !(inner instanceof Map) && !(inner instanceof Marked))
      deepFreeze(inner)
  }
  return thing
}
