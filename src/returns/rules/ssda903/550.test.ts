import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './550.ts'

const check = (PLACE: string, PLACE_PROVIDER = 'PR0') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }))

test('of all placements, and a blank, P1 alone passes', () => {
  expect(check('U1')).toEqual(['Episodes 1 PLACE PLACE_PROVIDER'])
  expect(allPlacements.filter((PLACE) => check(PLACE).length === 0)).toEqual(['P1'])
})

test('other providers pass, and a blank', () => {
  for (const provider of ['PR1', 'PR2', 'PR3', 'PR4', 'PR5', '']) expect(check('U1', provider)).toEqual([])
})
