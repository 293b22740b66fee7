import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './523.ts'

const check = (DATE_INT: string, ...placed: string[]) =>
  findings(
    rule,
    child903({ AD1: { DATE_INT }, PlacedAdoption: placed.map((DATE_PLACED) => ({ DATE_PLACED })) }),
  )
const marked = ['PlacedAdoption 1 DATE_PLACED, AD1 1 DATE_INT']

test('another day, before or after', () => {
  expect(check('01/06/2025', '02/06/2025')).toEqual(marked)
  expect(check('02/06/2025', '01/06/2025')).toEqual(marked)
  expect(check('01/06/2025', '01/06/2025')).toEqual([])
})

test('each plan is compared', () => {
  expect(check('01/06/2025', '01/05/2025', '01/06/2025')).toEqual(marked)
  expect(check('01/06/2025', '01/05/2025', '02/05/2025')).toHaveLength(2)
})

test('dates that are blank or none pass, and children in one of the tables only', () => {
  expect(check('', '01/06/2025')).toEqual([])
  expect(check('01/06/2025', '')).toEqual([])
  expect(check('01/06/2025', '31/06/2025')).toEqual([])
  expect(check('31/06/2025', '01/06/2025')).toEqual([])
  expect(check('01/06/2025')).toEqual([])
  expect(findings(rule, child903({ PlacedAdoption: { DATE_PLACED: '01/06/2025' } }))).toEqual([])
})
