import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './527.ts'

const check = (PLACE: string, PLACE_PROVIDER = 'PR1') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }))

test('of all placements, and a blank, which fail', () => {
  expect(check('P1')).toEqual(['Episodes 1 PLACE PLACE_PROVIDER'])
  expect(allPlacements.filter((PLACE) => check(PLACE).length > 0)).toEqual(['P1', 'R2', 'R5'])
})

test('other providers pass, and a blank', () => {
  for (const provider of ['PR0', 'PR2', 'PR3', 'PR4', 'PR5', '']) expect(check('P1', provider)).toEqual([])
})
