import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import { Words } from './mapping.ts'
import {
  addressFrom,
  codesFrom,
  dayFrom,
  momentFrom,
  postcodeFrom,
  textOf,
  Unreadable,
  whoFrom,
  wholeFrom,
  yesNoFrom,
} from './ssd-cells.ts'
import { Cleaning } from './ssd-cleaning.ts'
import { ssdReadings } from './ssd-landings.ts'
import { fieldsIn, ssdTables, tableOf } from './ssd-tables.ts'

describe('days', () => {
  test.each([
    ['2024-05-01', '2024-05-01'],
    ['2024-05-01 00:00:00.000', '2024-05-01'],
    ['2024-05-01T00:00:00Z', '2024-05-01'],
    ['2024-05-01T23:30:00+01:00', '2024-05-01'],
    ['01/05/2024', '2024-05-01'],
    ['1/5/2024 00:00', '2024-05-01'],
    ['01-May-2024', '2024-05-01'],
    ['1 May 2024', '2024-05-01'],
    ['May  1 2024 12:00AM', '2024-05-01'],
    ['20240501', '2024-05-01'],
    ['29/02/2024', '2024-02-29'],
    ['01/01/1900', null],
    ['1900-01-01 00:00:00', null],
    [' SSD_PH ', null],
    ['NULL', null],
  ])('%s is %s', (cell, day) => expect(dayFrom(cell)).toBe(day))

  test.each(['31/02/2024', '2023-02-29', '05/13/2024', '01-MAY-24', '01/05/24', 'soon', '45413'])(
    '%s is none',
    (cell) => expect(dayFrom(cell)).toBeInstanceOf(Unreadable),
  )

  test('whatever stands there, it is a day of the calendar, nothing, or told', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/ T:.-]{6,24}$/)), (cell) => {
        const read = dayFrom(cell)
        if (typeof read === 'string')
          expect(new Date(`${read}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read)
      }),
      { numRuns: runs(2000) },
    )
  })
})

test.each([
  ['2024-05-01 15:04:00', '2024-05-01 15:04'],
  ['01/05/2024 9:30', '2024-05-01 09:30'],
  ['May  1 2024  3:05PM', '2024-05-01 15:05'],
  ['May  1 2024 12:10AM', '2024-05-01 00:10'],
  ['2024-05-01T00:00:00', '2024-05-01'],
  ['2024-05-01', '2024-05-01'],
  ['', null],
])('the moment of %s is %s', (cell, moment) => expect(momentFrom(cell)).toBe(moment))

test.each([
  ['Y ', 'true'],
  ['n', 'false'],
  ['1', 'true'],
  ['False', 'false'],
  ['', null],
  ['Unknown', null],
])('%s is %s', (cell, said) => expect(yesNoFrom(cell)).toBe(said))

test('filler is nothing', () => {
  for (const cell of ['SSD_PH', 'placeholder_data', '-1', ' null ', '\u00a0', '\u0001'])
    expect(textOf(cell)).toBe(null)
  for (const cell of ['0', '-1', 'unknown', 'Unknown']) expect(whoFrom(cell)).toBe(null)
  for (const cell of ['ZZ1', 'XX99', 'zz 1']) expect(postcodeFrom(cell)).toBe(null)
  expect(postcodeFrom('fe12qq')).toBe('FE1 2QQ')
  expect(postcodeFrom('XX1 2ZZ')).toBe('XX1 2ZZ')
  expect(wholeFrom('17.0')).toBe('17')
  expect(wholeFrom('17.5')).toBeInstanceOf(Unreadable)
})

test('an address of parts is written as people write it', () => {
  expect(
    addressFrom('{"FLAT":"2","BUILDING":"Mill","HOUSE":"9","STREET":"Low Lane","TOWN":"Fell","UPRN":"100"}'),
  ).toEqual({
    lines: 'Flat 2\nMill\n9 Low Lane\nFell',
    uprn: '100',
  })
  expect(addressFrom('{"STREET":"NOT FOUND"}')).toEqual({ lines: null, uprn: null })
  expect(addressFrom('12 Larch Row')).toEqual({ lines: '12 Larch Row', uprn: null })
})

test('factors are a list of JSON, an object of yes, or codes with commas', () => {
  expect(codesFrom('["1A", "16A","1A"]')).toEqual(['1A', '16A'])
  expect(codesFrom('{"1A":"Yes","2B":"No","3C":"Y"}')).toEqual(['1A', '3C'])
  expect(codesFrom('1A, 16A')).toEqual(['1A', '16A'])
  expect(codesFrom('neglect and more')).toBe(undefined)
})

describe('words', () => {
  const words = () =>
    new Words([
      { field: 'cine_referral_source_code', word: 'School - Primary', code: '2A' },
      { field: 'cine_referral_source_code', word: 'n/a', code: null },
    ])

  test('codes need no mapping; words of the dataset neither; local words what was signed; the others are counted', () => {
    const met = words()
    const meaning = (set: string, text: string, field = 'cine_referral_source_code') =>
      met.meaning(field, set, text)
    expect(meaning('referral_source', '2a')).toEqual({ code: '2A' })
    expect(meaning('referral_source', 'school - primary')).toEqual({ code: '2A' })
    expect(meaning('referral_source', 'N/A')).toEqual({ code: null })
    expect(meaning('referral_source', 'School - Primary', 'cont_contact_source_code')).toEqual({
      unmapped: 'School - Primary',
    })
    expect(meaning('category_of_abuse', 'Multiple: Neglect, Emotional')).toEqual({ code: 'MUL' })
    expect(meaning('ethnicity', 'CNHE')).toEqual({ code: 'CHNE' })
    expect(meaning('ethnicity', 'ORAB')).toEqual({ unmapped: 'ORAB' })
    meaning('ethnicity', 'orab')
    expect(met.unmapped()).toEqual([
      { field: 'cont_contact_source_code', set: 'referral_source', word: 'School - Primary', times: 1 },
      { field: 'cine_referral_source_code', set: 'ethnicity', word: 'ORAB', times: 2 },
    ])
  })
})

describe('which table a file is of', () => {
  const heading = (name: string) =>
    ssdTables.find((table) => table.name === name)!.fields.map((field) => field.name)
  test.each([
    ['ssd_person.csv', [], 'ssd_person'],
    ['/x/dbo.SSD_CIN_Episodes_20261120.csv', [], 'ssd_cin_episodes'],
    ['Involvements.csv', [], 'ssd_involvements'],
    ['ssd_cin_plans.csv', [], 'ssd_cin_plans'],
    ['export (3).csv', heading('ssd_cp_plans'), 'ssd_cp_plans'],
    ['ssd_cla_care_plan_2.csv', [], 'ssd_cla_care_plan'],
    ['holidays.csv', ['a', 'b'], undefined],
  ])('%s', (file, columns, table) => expect(tableOf(ssdTables, file, columns)?.name).toBe(table))

  test('fields are found with their prefix and without, whatever the capitals', () => {
    const person = ssdTables.find(({ name }) => name === 'ssd_person')!
    const { columns, strangers } = fieldsIn(person, [
      '[pers_person_id]',
      'FORENAME',
      'Pers Surname',
      'shoe_size',
    ])
    expect(columns.slice(0, 3)).toEqual([0, 1, 2])
    expect(strangers).toEqual(['shoe_size'])
  })
})

test('no cell of any table makes cleaning fall over, or lets through what a column cannot hold', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'SSD_PH',
      '__proto__',
      'constructor',
      '{"A":',
      '["1A"]',
      '2024-05-01',
      '31/31/2031',
      'Y',
      '\u0000',
      '{"STREET":null}',
      '[[]]',
      '-1',
    ),
  )
  for (const table of ssdTables) {
    const cleaning = new Cleaning(table, { readings: ssdReadings, needed: new Set() }, new Words([]))
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: table.fields.length, maxLength: table.fields.length }),
        (cells) => {
          const { values } = cleaning.clean({ line: 2, cells, wrong: null, raw: () => ({}) })
          expect(values).toHaveLength(table.fields.length)
          table.fields.forEach(({ name, type }, i) => {
            const value = values[i]
            if (value === null || value === undefined) return
            expect(value).not.toMatch(/[^\P{Cc}\n\r\t]/u)
            if ((type === 'datetime' || type === 'date') && ssdReadings[name] === undefined)
              expect(value).toMatch(/^\d{4}-\d\d-\d\d$/)
          })
        },
      ),
      { numRuns: runs(60) },
    )
  }
})
