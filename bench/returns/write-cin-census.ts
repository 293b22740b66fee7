import { closeSync, openSync, writeSync } from 'node:fs'
import { type CensusChild, inventCensusChild } from './cin-census.ts'
import { censusMistakes } from './cin-census-mistakes.ts'
import { type Fields, Seeding } from './mistakes.ts'

/** What to invent. */
export interface Wanted {
  children: number
  seed: number
  year: string
  /** Of a hundred children, so many have a mistake; at most 50. */
  mistaken?: number
}

/** A finding that has to come, as `told` writes it. */
export type Told = string

/** A finding in one line: its rule, its child and its rows, so that what is found and what was seeded are alike. */
export const told = (rule: string, child: string | null, rows: readonly string[]): Told =>
  `${rule} ${child ?? '-'}: ${[...new Set(rows)].sort().join(', ')}`

/**
 * Writes a census of invented children, child by child. The same wish gives the same file.
 * @param expect hears of each finding that has to come of the mistakes in it
 */
export function writeCensus(path: string, wanted: Wanted, expect: (finding: Told) => void = () => {}): void {
  const { children, seed, year, mistaken = 0 } = wanted
  const file = openSync(path, 'w')
  const writer = new CensusText()
  const seeding = new Seeding(censusMistakes(year), mistaken, seed)
  let text = head(year)
  for (let i = 0; i < children; i++) {
    const child = inventCensusChild(seed, i, year)
    const expected = seeding.next(child, i)
    text += writer.child(child)
    for (const { rule, rows } of expected)
      expect(
        told(
          rule,
          writer.ownerOf(rows[0]!),
          rows.map((row) => writer.placeOf(row)),
        ),
      )
    if (text.length < 1 << 20) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, `${text}</Children>\n</Message>\n`)
  closeSync(file)
}

function head(year: string): string {
  const ends = `20${year.slice(5)}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Message>
<Header><CollectionDetails><Collection>CIN</Collection><Year>${ends}</Year><ReferenceDate>${ends}-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SoftwareCode>Invented</SoftwareCode><Release>1.0</Release><SerialNo>001</SerialNo><DateTime>${ends}-05-11T09:30:00</DateTime></Source></Header>
<Children>
`
}

/** Writes children, and knows which row of which table, and whose, everything written lately has become. */
class CensusText {
  #rows = new Map<string, number>()
  #places = new WeakMap<object, { place: string; child: string | null }>()
  #id: string | null = null

  placeOf(row: object): string {
    return this.#places.get(row)!.place
  }

  ownerOf(row: object): string | null {
    return this.#places.get(row)!.child
  }

  child({ ChildIdentifiers, ChildCharacteristics, Disabilities, CINdetails }: CensusChild): string {
    this.#id = ChildIdentifiers.LAchildID ?? null
    const disabilities = this.#all('Disabilities', Disabilities, (row) => fields(row, '      '))
    return `  <Child>
    <ChildIdentifiers>
${this.#own('ChildIdentifiers', ChildIdentifiers)}    </ChildIdentifiers>
    <ChildCharacteristics>
${this.#own('ChildCharacteristics', ChildCharacteristics)}${wrapped('Disabilities', disabilities)}    </ChildCharacteristics>
${CINdetails.map((cin) => this.#episode(cin)).join('')}  </Child>
`
  }

  #episode(cin: CensusChild['CINdetails'][number]): string {
    const { ReferralNFA, ...before } = cin.fields
    this.#place('CINdetails', cin)
    return `    <CINdetails>
${fields(before)}${this.#all('Assessments', cin.Assessments, (one) =>
  group(
    'Assessments',
    fields(one.fields) +
      wrapped(
        'FactorsIdentifiedAtAssessment',
        one.factors.map((code) => `      <AssessmentFactors>${code}</AssessmentFactors>\n`).join(''),
      ),
  ),
)}${this.#groups('CINPlanDates', cin.CINPlanDates)}${this.#groups('Section47', cin.Section47)}${fields({ ReferralNFA })}${this.#all(
  'ChildProtectionPlans',
  cin.ChildProtectionPlans,
  (plan) =>
    group(
      'ChildProtectionPlans',
      fields(plan.fields) +
        wrapped(
          'Reviews',
          this.#all('Reviews', plan.Reviews, (row) => fields(row, '      ')),
        ),
    ),
)}${this.#groups('PreProceedingsandFGDM', cin.PreProceedingsandFGDM)}    </CINdetails>
`
  }

  #own(table: string, row: Fields): string {
    this.#place(table, row)
    return fields(row)
  }

  #groups(table: string, rows: readonly Fields[]): string {
    return this.#all(table, rows, (row) => group(table, fields(row)))
  }

  #all<R extends object>(table: string, rows: readonly R[], write: (row: R) => string): string {
    let text = ''
    for (const row of rows) {
      this.#place(table, row)
      text += write(row)
    }
    return text
  }

  #place(table: string, row: object): void {
    const number = (this.#rows.get(table) ?? 0) + 1
    this.#rows.set(table, number)
    this.#places.set(row, { place: `${table} ${number}`, child: this.#id })
  }
}

const group = (name: string, inner: string) => `      <${name}>\n${inner}      </${name}>\n`

const wrapped = (name: string, inner: string) =>
  inner === '' ? '' : `      <${name}>\n${inner}      </${name}>\n`

function fields(row: Fields, indent = '      '): string {
  let text = ''
  for (const name in row) if (row[name] !== undefined) text += `${indent}<${name}>${row[name]}</${name}>\n`
  return text
}
