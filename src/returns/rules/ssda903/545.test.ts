import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './545.ts'

const allYear = { DECOM: '01/05/2022', LS: 'C2' }
const check = (DOB: string, HEALTH_CHECK = '', Episodes: Record<string, string>[] = [allYear]) =>
  findings(rule, child903({ OC2: { DOB, HEALTH_CHECK }, Episodes }))
const marked = ['OC2 1 DOB HEALTH_CHECK']

test('5 after 31 March, not on it', () => {
  expect(check('01/04/2021')).toEqual(marked)
  expect(check('31/03/2021')).toEqual([])
})

test('born on 29 February: 5 on 28 February', () => {
  const in2020 = child903({ OC2: { DOB: '29/02/2020' }, Episodes: { ...allYear, DECOM: '01/05/2020' } })
  expect(findings(rule, in2020, { year: '2024-25' })).toEqual([])
  expect(findings(rule, in2020, { year: '2023-24' })).toEqual(marked)
})

test('any value passes', () => {
  for (const value of ['0', '1', 'X']) expect(check('01/04/2021', value)).toEqual([])
})

test('not looked after all year, or no episode', () => {
  expect(check('01/04/2021', '', [{ ...allYear, DECOM: '02/04/2025', RNE: 'S' }])).toEqual([])
  expect(check('01/04/2021', '', [{ ...allYear, DEC: '30/03/2026', REC: 'E4A' }])).toEqual([])
  expect(check('01/04/2021', '', [{ ...allYear, LS: 'V4' }])).toEqual([])
  expect(check('01/04/2021', '', [])).toEqual([])
})

test('an end that is no date is none', () => {
  expect(check('01/04/2021', '', [{ ...allYear, DEC: '31/06/2025', REC: 'E4A' }])).toEqual(marked)
})

test('no readable date of birth passes', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2023')).toEqual([])
})
