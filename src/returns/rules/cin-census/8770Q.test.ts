import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8770Q.ts'

const child = (PersonBirthDate: string, identifiers: Record<string, string> = {}, ReferralNFA = '0') =>
  census({ ChildIdentifiers: { PersonBirthDate, ...identifiers }, CINdetails: { ReferralNFA } })
const marked = ['ChildIdentifiers 1 UPN UPNunknown']

test('from 2024-25: born on or before 31 August six years before the reference date’s year', () => {
  expect(findings(rule, child('2020-08-31'))).toEqual(marked)
  expect(findings(rule, child('2020-09-01'))).toEqual([])
})

test('up to 2023-24: more than six years old, not exactly six', () => {
  expect(findings(rule, child('2018-03-30'), { year: '2023-24' })).toEqual(marked)
  expect(findings(rule, child('2018-03-31'), { year: '2023-24' })).toEqual([])
})

test('a UPN, or a reason in any letter case', () => {
  expect(findings(rule, child('2012-05-14', { UPN: 'A123456789123' }))).toEqual([])
  for (const UPNunknown of ['UN2', 'UN3', 'UN4', 'UN5', 'UN6', 'un7'])
    expect(findings(rule, child('2012-05-14', { UPNunknown }))).toEqual([])
  expect(findings(rule, child('2012-05-14', { UPNunknown: 'UN1' }))).toEqual(marked)
})

test('every referral led to nothing, or none is there', () => {
  expect(findings(rule, child('2012-05-14', {}, '1'))).toEqual([])
  expect(findings(rule, child('2012-05-14', {}, 'FALSE'))).toEqual(marked)
  expect(findings(rule, census({ ChildIdentifiers: { PersonBirthDate: '2012-05-14' } }))).toEqual([])
})

test('without a date of birth', () => {
  expect(findings(rule, child(''))).toEqual([])
})
