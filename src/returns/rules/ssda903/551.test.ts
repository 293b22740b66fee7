import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './551.ts'

const check = (PLACE: string, ...placed: string[]) =>
  findings(
    rule,
    child903({ Episodes: { PLACE }, PlacedAdoption: placed.map((DATE_PLACED) => ({ DATE_PLACED })) }),
  )
const marked = ['Episodes 1 PLACE']

test('no plan, or one without a date', () => {
  expect(check('A3')).toEqual(marked)
  expect(check('A3', '')).toEqual(marked)
  expect(check('A3', '01/06/2025', '')).toEqual(marked)
  expect(check('A3', '01/06/2025')).toEqual([])
})

test('a date that is none is filled in', () => {
  expect(check('A3', '31/06/2025')).toEqual([])
})

test('of all placements, those for adoption fail', () => {
  expect(allPlacements.filter((PLACE) => check(PLACE).length > 0)).toEqual(['A3', 'A4', 'A5', 'A6'])
})
