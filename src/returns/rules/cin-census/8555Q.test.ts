import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8555Q.ts'

const child = (PersonDeathDate: string, CINreferralDate: string) =>
  census({ ChildIdentifiers: { PersonDeathDate }, CINdetails: [{}, { CINreferralDate }] })

test('the day after', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([
    'ChildIdentifiers 1 PersonDeathDate, CINdetails 2 CINreferralDate',
  ])
})

test('the day itself passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})
