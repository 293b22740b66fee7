import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4009Q.ts'

const child = (PersonDeathDate: string, CINPlanEndDate: string) =>
  census({ ChildIdentifiers: { PersonDeathDate }, CINdetails: [{}, { CINPlanDates: [{ CINPlanEndDate }] }] })

test('the day after', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([
    'ChildIdentifiers 1 PersonDeathDate, CINPlanDates 1 CINPlanEndDate',
  ])
})

test('the day itself passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})
