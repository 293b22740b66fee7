import { expect, test } from 'vitest'
import { censusHeader, findings } from '../testing.ts'
import rule from './100.ts'

const header = (Year: string, ReferenceDate: string) => censusHeader({ Year, ReferenceDate })
const marked = ['Header 1 ReferenceDate']

test('31 March of the year passes', () => {
  expect(findings(rule, header('2026', '2026-03-31'))).toEqual([])
})

test.each([
  ['2026', '2025-03-31'],
  ['2026', '2026-03-30'],
  ['2026', '2026-04-30'],
  ['2026', ''],
  ['2026', '2026-03-32'],
  ['', '2026-03-31'],
  ['MMXXVI', '2026-03-31'],
])('year "%s" with "%s" fails', (year, date) => {
  expect(findings(rule, header(year, date))).toEqual(marked)
})
