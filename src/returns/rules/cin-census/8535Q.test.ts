import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8535Q.ts'

const child = (PersonDeathDate: string, PersonBirthDate: string) =>
  census({ ChildIdentifiers: { PersonDeathDate, PersonBirthDate } })
const marked = ['ChildIdentifiers 1 PersonDeathDate PersonBirthDate']

test('born later, or no date of birth', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual(marked)
  expect(findings(rule, child('2025-06-02', ''))).toEqual(marked)
  expect(findings(rule, child('2025-06-02', '2025-02-29'))).toEqual(marked)
})

test('the same day passes, and so does a child who has not died', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
