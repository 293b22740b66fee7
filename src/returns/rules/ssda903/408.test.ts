import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './408.ts'

const check = (PLACE: string, LS: string) => findings(rule, child903({ Episodes: { PLACE, LS } }))

test('under a placement order, with a legal status that is another', () => {
  expect(check('A5', 'C2')).toEqual(['Episodes 1 PLACE LS'])
  expect(check('A6', 'C2')).toHaveLength(1)
  expect(check('A5', '')).toHaveLength(1)
  expect(check('A6', 'E1')).toEqual([])
})

test('every other placement passes', () => {
  expect(allPlacements.filter((PLACE) => check(PLACE, 'C2').length > 0)).toEqual(['A5', 'A6'])
})
