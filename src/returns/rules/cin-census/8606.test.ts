import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8606.ts'

const child = (identifiers: Record<string, string>, CINreferralDate: string) =>
  census({ ChildIdentifiers: identifiers, CINdetails: { CINreferralDate } })
const marked = ['CINdetails 1 CINreferralDate, ChildIdentifiers 1 PersonBirthDate ExpectedPersonBirthDate']

test.each(['PersonBirthDate', 'ExpectedPersonBirthDate'])('281 days before the %s', (field) => {
  expect(findings(rule, child({ [field]: '2025-10-08' }, '2024-12-31'))).toEqual(marked)
})

test.each(['PersonBirthDate', 'ExpectedPersonBirthDate'])('280 days before the %s', (field) => {
  expect(findings(rule, child({ [field]: '2025-10-08' }, '2025-01-01'))).toEqual([])
})

test('one of the two is enough', () => {
  const both = { PersonBirthDate: '2025-01-02', ExpectedPersonBirthDate: '2025-10-08' }
  expect(findings(rule, child(both, '2024-12-31'))).toEqual(marked)
})

test('blanks pass', () => {
  expect(findings(rule, child({}, '2024-12-31'))).toEqual([])
  expect(findings(rule, child({ PersonBirthDate: '2025-10-08' }, ''))).toEqual([])
})
