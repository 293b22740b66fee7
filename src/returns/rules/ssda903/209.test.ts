import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './209.ts'

const child = (DOB: string, UPN = 'UN1') => child903({ Header: { DOB, UPN } })

test('4 on 31 August of the year before', () => {
  expect(findings(rule, child('31/08/2020'))).toEqual(['Header 1 UPN DOB'])
  expect(findings(rule, child('01/09/2020'))).toEqual([])
})

test('the day moves with the year', () => {
  expect(findings(rule, child('01/09/2020'), { year: '2026-27' })).toHaveLength(1)
  expect(findings(rule, child('31/08/2020'), { year: '2024-25' })).toEqual([])
})

test('other reasons, blank and unreadable dates of birth', () => {
  expect(findings(rule, child('31/08/2015', 'UN2'))).toEqual([])
  expect(findings(rule, child('31/08/2015', ''))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
  expect(findings(rule, child('31/02/2015'))).toEqual([])
})
