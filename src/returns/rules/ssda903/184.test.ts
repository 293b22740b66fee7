import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './184.ts'

const check = (DATE_PLACED: string, DOB = '10/05/2025') =>
  findings(rule, child903({ Header: { DOB }, PlacedAdoption: { DATE_PLACED } }))

test('before birth, not on the day', () => {
  expect(check('09/05/2025')).toEqual(['PlacedAdoption 1 DATE_PLACED'])
  expect(check('10/05/2025')).toEqual([])
})

test('blank and unreadable dates', () => {
  expect(check('')).toEqual([])
  expect(check('32/04/2025')).toEqual([])
  expect(check('09/05/2025', '')).toEqual([])
  expect(check('09/05/2025', '32/05/2025')).toEqual([])
})

test('the date of birth is that of the Header', () => {
  const PlacedAdoption = { DOB: '10/05/2025', DATE_PLACED: '09/05/2025' }
  expect(findings(rule, child903({ Header: { DOB: '09/05/2025' }, PlacedAdoption }))).toEqual([])
  expect(findings(rule, child903({ Header: [], PlacedAdoption }))).toEqual([])
})
