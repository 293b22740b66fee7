import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './546.ts'

const allYear = { DECOM: '01/05/2022', LS: 'C2' }
const check = (DOB: string, HEALTH_CHECK = '0', Episodes: Record<string, string>[] = [allYear]) =>
  findings(rule, child903({ OC2: { DOB, HEALTH_CHECK }, Episodes }))
const marked = ['OC2 1 DOB HEALTH_CHECK']

test('5 on 31 March, not the day after', () => {
  expect(check('31/03/2021')).toEqual(marked)
  expect(check('01/04/2021')).toEqual([])
})

test('born on 29 February: 5 on 28 February', () => {
  const in2020 = child903({
    OC2: { DOB: '29/02/2020', HEALTH_CHECK: '1' },
    Episodes: { ...allYear, DECOM: '01/05/2020' },
  })
  expect(findings(rule, in2020, { year: '2024-25' })).toEqual(marked)
  expect(findings(rule, in2020, { year: '2023-24' })).toEqual([])
})

test('any value counts, a blank passes', () => {
  for (const value of ['0', '1', 'X']) expect(check('31/03/2021', value)).toEqual(marked)
  expect(check('31/03/2021', '')).toEqual([])
})

test('not looked after all year, or no episode', () => {
  expect(check('31/03/2021', '1', [{ ...allYear, DECOM: '02/04/2025', RNE: 'S' }])).toEqual([])
  expect(check('31/03/2021', '1', [{ ...allYear, DEC: '30/03/2026', REC: 'E4A' }])).toEqual([])
  expect(check('31/03/2021', '1', [{ ...allYear, LS: 'V3' }])).toEqual([])
  expect(check('31/03/2021', '1', [])).toEqual([])
})

test('no readable date of birth passes', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2012')).toEqual([])
})
