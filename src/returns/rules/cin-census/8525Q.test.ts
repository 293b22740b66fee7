import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8525Q.ts'

const child = (PersonBirthDate: string, ExpectedPersonBirthDate: string) =>
  census({ ChildIdentifiers: { PersonBirthDate, ExpectedPersonBirthDate } })

test.each([
  ['2025-06-02', '2025-06-05'],
  ['', ''],
  ['2025-06-31', ''],
])('born "%s", expected "%s": asked about', (born, expected) => {
  expect(findings(rule, child(born, expected))).toEqual([
    'ChildIdentifiers 1 PersonBirthDate ExpectedPersonBirthDate',
  ])
})

test('one of the two passes', () => {
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('', '2026-06-05'))).toEqual([])
})
