import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './543.ts'

const allYear = { DECOM: '01/05/2020', LS: 'C2' }
const check = (DOB: string, CONVICTED = '', Episodes: Record<string, string>[] = [allYear]) =>
  findings(rule, child903({ OC2: { DOB, CONVICTED }, Episodes }))
const marked = ['OC2 1 DOB CONVICTED']

test('10 on 31 March, not the day after', () => {
  expect(check('31/03/2016')).toEqual(marked)
  expect(check('01/04/2016')).toEqual([])
  expect(check('29/02/2016')).toEqual(marked)
})

test('any value passes', () => {
  for (const value of ['0', '1', 'X']) expect(check('31/03/2016', value)).toEqual([])
})

test('not looked after all year, or no episode', () => {
  expect(check('31/03/2016', '', [{ ...allYear, DECOM: '02/04/2025', RNE: 'S' }])).toEqual([])
  expect(check('31/03/2016', '', [{ ...allYear, DECOM: '01/04/2025', RNE: 'S' }])).toEqual(marked)
  expect(check('31/03/2016', '', [{ ...allYear, DEC: '30/03/2026', REC: 'E4A' }])).toEqual([])
  expect(check('31/03/2016', '', [{ ...allYear, DEC: '31/03/2026', REC: 'E4A' }])).toEqual(marked)
  expect(check('31/03/2016', '', [{ ...allYear, LS: 'V3' }])).toEqual([])
  expect(check('31/03/2016', '', [])).toEqual([])
})

test('an end that is no date is none', () => {
  expect(check('31/03/2016', '', [{ ...allYear, DEC: '31/06/2025', REC: 'E4A' }])).toEqual(marked)
})

test('no readable date of birth passes', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2012')).toEqual([])
})
