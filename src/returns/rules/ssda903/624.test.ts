import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './624.ts'

const check = (before: string, now: string) =>
  findings(rule, child903({ Header: { MC_DOB: now }, lastYear: { Header: { MC_DOB: before } } }))

test('another date this year, or none', () => {
  expect(check('01/09/2024', '02/09/2024')).toEqual(['Header 1 MC_DOB'])
  expect(check('01/09/2024', '')).toHaveLength(1)
})

test('the same, or none last year', () => {
  expect(check('01/09/2024', '01/09/2024')).toEqual([])
  expect(check('', '01/09/2024')).toEqual([])
  expect(check('', '')).toEqual([])
})

test('what is no real date is compared as it was typed', () => {
  expect(check('31/09/2024', '31/09/2024')).toEqual([])
  expect(check('31/09/2024', '31/06/2024')).toHaveLength(1)
  expect(check('31/09/2024', '01/10/2024')).toHaveLength(1)
})

test('not in last year’s return', () => {
  expect(findings(rule, child903({ Header: { MC_DOB: '01/09/2024' } }))).toEqual([])
})
