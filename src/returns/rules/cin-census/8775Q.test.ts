import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8775Q.ts'

const child = (PersonBirthDate: string, ...closed: string[]) =>
  census({
    ChildIdentifiers: { PersonBirthDate },
    CINdetails: closed.map((CINclosureDate) => ({ CINclosureDate })),
  })
const marked = ['ChildIdentifiers 1 PersonBirthDate, CINdetails 1 CINclosureDate']

test('more than 25 years before the reference date', () => {
  expect(findings(rule, child('2001-03-30', ''))).toEqual(marked)
  expect(findings(rule, child('2001-03-31', ''))).toEqual([])
})

test('closed after the 25th birthday; on it passes', () => {
  expect(findings(rule, child('2000-10-08', '2025-10-09'))).toEqual(marked)
  expect(findings(rule, child('2000-10-08', '2025-10-08'))).toEqual([])
})

test('born on 29 February: 25 on 28 February', () => {
  expect(findings(rule, child('2000-02-29', '2025-03-01'), { year: '2024-25' })).toEqual(marked)
  expect(findings(rule, child('2000-02-29', '2025-02-28'), { year: '2024-25' })).toEqual([])
})

test('each episode', () => {
  expect(findings(rule, child('2000-10-08', '2025-10-09', '2025-06-02', ''))).toEqual([
    ...marked,
    'ChildIdentifiers 1 PersonBirthDate, CINdetails 3 CINclosureDate',
  ])
})

test('without a date of birth', () => {
  expect(findings(rule, child('', ''))).toEqual([])
})
