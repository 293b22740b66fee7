import { expect, test } from 'vitest'
import { parseForm } from '../web/form.ts'
import { complaintOfNumber, details, plainNumber } from './details.ts'
import { newPerson, questionsAbout, rowsOf } from './new-person.ts'

test.each([
  ['nhs-number', '999 000 0018', true],
  ['nhs-number', '999 000 0081', false],
  ['upn', 'h801200001001', true],
  ['upn', 'J801200001001', false],
  ['national-insurance', 'QQ 12 34 56 C', true],
  ['national-insurance', 'QQ 12 34 56 E', false],
  ['court-case', 'anything', true],
])('a number of kind %s: %s is right: %s', (kind, typed, right) => {
  expect(complaintOfNumber(kind, plainNumber(kind, typed)) === undefined).toBe(right)
})

test.each([
  ['name', { kind: 'legal' }, 'forename'],
  ['name', { kind: 'legal', forename: 'Ana', from: '2/1/2026', to: '1/1/2026' }, 'to'],
  ['address', { kind: 'home' }, 'lines'],
  ['address', { kind: 'home', postcode: 'FX1' }, 'postcode'],
  ['contact', { kind: 'telephone', value: '123' }, 'value'],
  ['number', { kind: 'nhs-number', value: '1' }, 'value'],
  ['number', { kind: 'other', value: '1', authority: 'XYZ' }, 'authority'],
] as const)('%s %j is complained of at %s', (kind, typed, field) => {
  expect(Object.keys(parseForm(details[kind].schema, typed).errors)).toEqual([field])
})

test('what stands fills the form from which it came', () => {
  const typed = { kind: 'home', lines: '1 Mill Lane', postcode: 'FX1 2AB', from: '01/02/2026', hidden: 'yes' }
  const form = parseForm(details.address.schema, { ...typed, postcode: 'fx12ab' })
  expect(form.ok && details.address.typed(details.address.row(form.value as never))).toEqual(typed)
})

const someone = (typed: Record<string, string>) => {
  const form = parseForm(newPerson, { who: 'child', bornHow: 'exact', sex: 'F', ...typed })
  if (!form.ok) throw new Error(JSON.stringify(form.errors))
  return form.value
}

test('who is looked for: everything at once, and for restricted records the name with the day, and each number', () => {
  const value = someone({
    forename: 'Zoë',
    surname: 'O’Neil',
    born: '3/4/2019',
    postcode: 'fx12ab',
    telephone: '+44 7700 900123',
    nhsNumber: '999 000 0018',
  })
  expect(questionsAbout(value).map(({ day, words, numbers }) => ({ day, words, numbers }))).toEqual([
    { day: '2019-04-03', words: ['zoe', 'oneil'], numbers: ['9990000018', 'FX12AB', '07700900123'] },
    { day: '2019-04-03', words: ['zoe', 'oneil'], numbers: [] },
    { day: undefined, words: [], numbers: ['9990000018'] },
  ])
})

test('an unborn child has a day it is expected and no birth date; an estimate is marked', () => {
  const unborn = someone({ who: 'unborn', sex: 'U', expected: '1/5/2027' })
  expect(rowsOf(unborn)).toEqual({
    person: {
      sex: 'U',
      date_of_birth: null,
      date_of_birth_estimated: false,
      expected_date_of_birth: '2027-05-01',
    },
    facts: [],
  })
  const about = someone({ forename: 'Ana', born: '1/1/2012', bornHow: 'estimated' })
  expect(rowsOf(about).person).toMatchObject({ date_of_birth: '2012-01-01', date_of_birth_estimated: true })
})
