import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './529.ts'

const check = (PLACE: string, PLACE_PROVIDER = 'PR3') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }))

test('of all placements, and a blank, which fail', () => {
  expect(check('P1')).toEqual(['Episodes 1 PLACE PLACE_PROVIDER'])
  expect(allPlacements.filter((PLACE) => check(PLACE).length > 0)).toEqual([
    'A3',
    'A4',
    'A5',
    'A6',
    'K1',
    'K2',
    'P1',
    'U1',
    'U2',
    'U3',
    'U4',
    'U5',
    'U6',
  ])
})

test('other providers pass, and a blank', () => {
  for (const provider of ['PR0', 'PR1', 'PR2', 'PR4', 'PR5', '']) expect(check('P1', provider)).toEqual([])
})
