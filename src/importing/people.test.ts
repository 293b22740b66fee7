import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { nhsNumberIsRight, upnIsRight } from '../people/numbers.ts'
import { Warnings } from '../returns/reading/warnings.ts'
import { Altered } from '../testing/importing.ts'
import type { SourceRow } from './model.ts'
import { readPeople, statePerson } from './people.ts'

const place = new Altered()
afterAll(() => place.remove())

async function read(content: string | Buffer, warnings = new Warnings()): Promise<SourceRow[]> {
  const path = join(place.folder, 'people.csv')
  writeFileSync(path, content)
  const rows: SourceRow[] = []
  for await (const row of readPeople(path, warnings)) rows.push(row)
  return rows
}

describe('a file of people', () => {
  test('is known by its columns, in any order, with semicolons, quotes and a byte-order mark', async () => {
    const warnings = new Warnings()
    const rows = await read('\ufeffSurname;Local ID;Shoe size\r\n\r\n"O;Hara";A1;7\r\n', warnings)
    expect(rows).toEqual([
      { table: 'People', file: 'people.csv', line: 3, values: { local_id: 'A1', surname: 'O;Hara' } },
    ])
    expect(warnings.list()[0]!.what).toMatch(/"shoe_size" is not one/)
  })

  test.each([
    ['another CSV', 'CHILD,DOB\n1,2\n', /line 1: has no column local_id/],
    ['nothing but numbers', 'local_id,shoe\n1,2\n', /no other column/],
    ['XML', '<a/>', /is XML/],
    ['a zip', Buffer.from([0x50, 0x4b, 3, 4]), /zip/],
    ['UTF-16', Buffer.from('\ufefflocal_id,surname\n', 'utf16le'), /UTF-16/],
    ['an endless row', `local_id,surname\nA1,"${'x'.repeat(2 << 20)}`, /longer than any row/],
    ['a quote that does not close', 'local_id,surname\nA1,"Wren\n', /quotes/],
  ])('is not: %s', async (_, content, says) => {
    const failed = await read(content).then(
      () => 'read',
      (error: Error) => error.message,
    )
    expect(failed).toMatch(says)
    expect(failed).toMatch(/^people\.csv/)
  })
})

const row = (values: Record<string, string>): SourceRow => ({
  table: 'People',
  file: 'f',
  line: 2,
  values: { local_id: 'A1', ...values },
})
const facts = (...rows: Record<string, string>[]) => statePerson(rows.map(row), 'themselves').facts

describe('what its rows say', () => {
  test('names of several kinds, told apart by kind and words', () => {
    const names = facts(
      { forename: 'Leila', surname: 'Wren' },
      { forename: 'Lee', name_kind: 'preferred' },
    ).filter(({ table }) => table === 'person_name')
    expect(names.map(({ key, values }) => [key, values.full_name])).toEqual([
      ['legal Leila Wren', 'Leila Wren'],
      ['preferred Lee', 'Lee'],
    ])
  })

  test('an address is unprotected only when nothing says otherwise', () => {
    const [open, kept] = facts(
      { postcode: 'FX1 2AB' },
      { postcode: 'FX7 5PQ', address_protected: 'yes' },
    ).filter(({ table }) => table === 'address')
    expect([open!.values.protected, kept!.values.protected]).toEqual([false, true])
  })

  test('born: the due date has had its day', () => {
    const person = facts({ date_of_birth: '2026-01-01' }).find(({ table }) => table === 'person')
    expect(person!.values).toEqual({ date_of_birth: '2026-01-01', expected_date_of_birth: null })
  })
})

test('the last digit of an NHS number is worked out from the others', () => {
  expect(['9990000107', '9434765919'].map(nhsNumberIsRight)).toEqual([true, true])
  expect(['9990000108', '999000010', '99900001070', ''].map(nhsNumberIsRight)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a unique pupil number has its form', () => {
  expect(['T201000123456', 'T20100012345B'].map(upnIsRight)).toEqual([true, true])
  expect(['201000123456', 'TT01000123456', 'UN1'].map(upnIsRight)).toEqual([false, false, false])
})
