import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { CsvError, parse } from 'csv-parse'
import { nhsNumberIsRight, upnIsRight } from '../people/numbers.ts'
import { closeInput, openInput, sniff } from '../returns/reading/input.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import type { Warnings } from '../returns/reading/warnings.ts'
import type { SourceRow, StatedPerson } from './model.ts'
import { calledOf, days, filledOf, type Shape, Stating, texts, yesNos } from './stating.ts'

/*
 * A file of people (docs/import.md): names, numbers, addresses and relationships, which no return carries. One CSV,
 * known by its columns; each row says something of the person whose number stands in local_id, and a person may have
 * as many rows as they need.
 */

const shapes = {
  person: {
    ...texts({ sex: 'sex' }),
    ...days({
      date_of_birth: 'date_of_birth',
      expected_date_of_birth: 'expected_date_of_birth',
      died_on: 'date_of_death',
    }),
  },
  gender: texts({ gender_identity: 'gender_identity', pronouns: 'pronouns' }),
  characteristics: {
    ...texts({ ethnicity: 'ethnicity', first_language: 'first_language', religion: 'religion' }),
    ...yesNos({ interpreter_needed: 'interpreter_needed' }),
  },
  name: {
    ...texts({ kind: 'name_kind', forename: 'forename', middle_names: 'middle_names', surname: 'surname' }),
    ...days({ from_day: 'name_from', to_day: 'name_to' }),
  },
  address: {
    ...texts({ kind: 'address_kind', address_lines: 'address', postcode: 'postcode', uprn: 'uprn' }),
    ...days({ from_day: 'address_from', to_day: 'address_to' }),
    ...yesNos({ protected: 'address_protected' }),
  },
  relationship: {
    ...texts({ kind: 'relationship', other_name: 'related_name', words: 'relationship_words' }),
    ...yesNos({ same_household: 'same_household' }),
    ...days({ from_day: 'relationship_from', to_day: 'relationship_to' }),
  },
  responsibility: {
    ...texts({
      basis: 'responsibility_basis',
      evidence: 'responsibility_evidence',
      holder_name: 'related_name',
    }),
    ...days({ evidence_seen_on: 'responsibility_evidence_seen', from_day: 'responsibility_from' }),
  },
} satisfies Record<string, Shape>

const called = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, calledOf(shape)]),
) as Record<keyof typeof shapes, Record<string, string>>

/** Numbers besides local_id, each with the kind the record keeps it as. */
const numbers: Record<string, string> = {
  nhs_number: 'nhs-number',
  upn: 'upn',
  former_upn: 'former-upn',
  la_child_id: 'la-child-id',
  ssda903_child_id: 'ssda903-child-id',
  home_office_number: 'home-office',
  national_insurance_number: 'national-insurance',
  other_number: 'other',
}

const contacts: Record<string, string> = { telephone: 'telephone', mobile: 'mobile', email: 'email' }

const plain = ['local_id', 'related_to']

/** Every column a file of people may have, in the order of docs/import.md. */
export const peopleColumns: readonly string[] = [
  ...new Set([
    ...plain,
    ...Object.values(called).flatMap((columns) => Object.values(columns)),
    ...Object.keys(numbers),
    ...Object.keys(contacts),
  ]),
]

/** Days are typed as dd/mm/yyyy or yyyy-mm-dd. */
export const dayColumns: ReadonlySet<string> = new Set(
  Object.values(shapes).flatMap((shape) =>
    Object.entries(shape).flatMap(([column, [from]]) =>
      /_on$|_day$|^date|_date_/.test(column) ? [from] : [],
    ),
  ),
)

const longestRow = 1 << 20

/**
 * Reads a file of people row by row.
 * @throws UnusableInput when it is none
 */
export async function* readPeople(path: string, warnings: Warnings): AsyncGenerator<SourceRow> {
  const file = basename(path)
  checkKind(path, file)
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      info: true,
      columns: (names: string[]) => headingOf(file, names, warnings),
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: longestRow,
    }),
  )
  let columns = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>
      info: { lines: number }
    }>) {
      columns = Object.keys(record).length
      const values = Object.fromEntries(
        Object.entries(record).flatMap(([name, text]) =>
          peopleColumns.includes(name) && typeof text === 'string' && text !== ''
            ? [[name, tidy(name, text)]]
            : [],
        ),
      )
      if (Object.keys(values).length > 0) yield { table: 'People', file, line: info.lines, values }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnusableInput(`${file}, line ${error.lines}: ${inWords(error)}`)
    throw error
  }
  if (columns === 0) warnings.add(file, null, 'there is no row below the line of column names')
}

function checkKind(path: string, file: string): void {
  const input = openInput(path)
  try {
    if (sniff(input).kind === 'xml') throw new UnusableInput(`${file}: is XML; a file of people is a CSV`)
  } finally {
    closeInput(input)
  }
}

function headingOf(file: string, names: string[], warnings: Warnings): string[] {
  const found = names.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  )
  if (!found.includes('local_id'))
    throw new UnusableInput(`${file}, line 1: has no column local_id: this is no file of people`)
  if (!found.some((name) => name !== 'local_id' && peopleColumns.includes(name)))
    throw new UnusableInput(`${file}, line 1: has local_id and no other column of a file of people`)
  for (const name of found)
    if (name !== '' && !peopleColumns.includes(name))
      warnings.add(
        file,
        1,
        `column ${JSON.stringify(name.slice(0, 40))} is not one of a file of people: passed over`,
      )
  return found.map((name, i) => (found.indexOf(name) === i && name !== '' ? name : `passed over ${i}`))
}

const inWords = ({ code }: CsvError) =>
  code === 'CSV_MAX_RECORD_SIZE'
    ? 'the row is longer than any row of people'
    : 'the quotes of this row do not match'

function tidy(column: string, text: string): string {
  const day = dayColumns.has(column) ? /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(text) : null
  return day ? `${day[3]}-${day[2]!.padStart(2, '0')}-${day[1]!.padStart(2, '0')}` : text
}

/** Which half of what the rows say: people first, then what ties them, as a tie may name somebody further down. */
export type Part = 'themselves' | 'ties'

/** @param rows all of one person */
export function statePerson(rows: SourceRow[], part: Part): StatedPerson {
  const stating = new Stating(rows)
  const localId = rows[0]?.values.local_id ?? null
  if (part === 'themselves') {
    stateThemselves(stating, localId)
    for (const row of rows) stateNumbersAndPlaces(stating, row)
  } else for (const row of rows) stateTies(stating, row)
  return stating.person(localId)
}

function stateThemselves(stating: Stating, localId: string | null): void {
  const [first] = stating.rows
  if (first === undefined) return
  if (localId !== null) {
    stating.add('person_identifier', `legacy-id ${localId}`, first, { kind: 'legacy-id', value: localId })
  }
  for (const [table, shape] of [
    ['person', 'person'],
    ['gender_identity', 'gender'],
    ['person_characteristics', 'characteristics'],
  ] as const) {
    // Said once, on any of the rows.
    const values = Object.assign({}, ...stating.rows.map((row) => filledOf(row, shapes[shape])))
    if (table === 'person' || Object.keys(values).length > 0) {
      const row = stating.rows.find((one) => Object.keys(filledOf(one, shapes[shape])).length > 0) ?? first
      if (values.date_of_birth !== undefined) values.expected_date_of_birth ??= null
      stating.add(table, null, row, values, { called: called[shape] })
    }
  }
}

function stateNumbersAndPlaces(stating: Stating, row: SourceRow): void {
  const { values } = row
  for (const [column, kind] of Object.entries(numbers)) {
    const value = values[column]?.replace(/\s/g, '')
    if (value === undefined) continue
    if (kind === 'nhs-number' && !nhsNumberIsRight(value))
      stating.refuse(
        row,
        `nhs_number: ‘${value.slice(0, 40)}’ is no NHS number (its last digit does not fit the others)`,
      )
    else if (kind === 'upn' && !upnIsRight(value))
      stating.refuse(row, `upn: ‘${value.slice(0, 40)}’ is no unique pupil number`)
    else
      stating.add(
        'person_identifier',
        `${kind} ${value}`,
        row,
        { kind, value },
        { called: { value: column } },
      )
  }
  stateName(stating, row)
  if (values.address !== undefined || values.postcode !== undefined || values.uprn !== undefined)
    stateAddress(stating, row)
  for (const [column, kind] of Object.entries(contacts)) {
    const value = values[column]
    if (value !== undefined)
      stating.add('contact_detail', `${kind} ${value}`, row, { kind, value }, { called: { value: column } })
  }
}

function stateName(stating: Stating, row: SourceRow): void {
  const { forename, middle_names: middle, surname, name_kind: kind = 'legal' } = row.values
  const fullName = [forename, middle, surname].filter(Boolean).join(' ')
  if (fullName === '') return
  stating.add(
    'person_name',
    `${kind} ${fullName}`,
    row,
    { kind, full_name: fullName, ...filledOf(row, shapes.name) },
    { called: called.name },
  )
}

function stateAddress(stating: Stating, row: SourceRow): void {
  const { address_kind: kind = 'home', address, postcode, uprn, address_from: from } = row.values
  const toldBy = [kind, from ?? postcode ?? uprn ?? address].join(' ')
  stating.add(
    'address',
    toldBy,
    row,
    { kind, protected: false, ...filledOf(row, shapes.address) },
    { called: called.address },
  )
}

function stateTies(stating: Stating, row: SourceRow): void {
  const { related_to: other, relationship: kind, responsibility_basis: basis } = row.values
  const complaint = complaintOfTie(row.values)
  if (complaint !== null) stating.refuse(row, complaint)
  if (other === undefined || kind === undefined || complaint !== null) return
  stating.add('relationship', `${kind} ${other}`, row, filledOf(row, shapes.relationship), {
    called: { ...called.relationship, other_person_id: 'related_to' },
    others: { other_person_id: other },
  })
  if (basis === undefined) return
  stating.add('parental_responsibility', `${basis} ${other}`, row, filledOf(row, shapes.responsibility), {
    called: { ...called.responsibility, holder_person_id: 'related_to' },
    others: { holder_person_id: other },
  })
}

/** Parental responsibility is a fact with evidence, or it is not taken in. */
function complaintOfTie(values: SourceRow['values']): string | null {
  const { related_to: other, relationship: kind, local_id: own, responsibility_basis: basis } = values
  if (other === undefined && kind === undefined && basis === undefined) return null
  if (other === undefined) return 'related_to is missing: whose relationship is it?'
  if (kind === undefined) return 'relationship is missing: what is the other to this person?'
  if (other === own) return 'related_to: nobody is related to themselves'
  if (basis !== undefined && values.responsibility_evidence === undefined)
    return 'responsibility_evidence is missing: say what was seen'
  return null
}
