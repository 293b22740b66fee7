import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './552.ts'

const check = (list: [DECOM: string, PLACE: string][], ...placed: string[]) =>
  findings(
    rule,
    child903({
      Episodes: list.map(([DECOM, PLACE]) => ({ DECOM, PLACE })),
      PlacedAdoption: placed.map((DATE_PLACED) => ({ DATE_PLACED })),
    }),
  )
const marked = ['Episodes 1 DECOM, PlacedAdoption 1 DATE_PLACED']

test('placed before the plan, not on the day', () => {
  expect(check([['01/06/2025', 'A3']], '02/06/2025')).toEqual(marked)
  expect(check([['01/06/2025', 'A3']], '01/06/2025')).toEqual([])
  expect(check([['01/06/2025', 'A3']], '31/05/2025')).toEqual([])
})

test('of all placements, those for adoption count', () => {
  const fails = allPlacements.filter((PLACE) => check([['01/06/2025', PLACE]], '02/06/2025').length > 0)
  expect(fails).toEqual(['A3', 'A4', 'A5', 'A6'])
})

test('the first such placement alone', () => {
  const list: [string, string][] = [
    ['01/08/2025', 'A5'],
    ['01/06/2025', 'A3'],
    ['01/05/2025', 'U5'],
  ]
  expect(check(list, '01/09/2025')).toEqual(['Episodes 2 DECOM, PlacedAdoption 1 DATE_PLACED'])
  expect(
    check(
      [
        ['02/06/2025', 'A3'],
        ['01/06/2025', 'U5'],
      ],
      '02/06/2025',
    ),
  ).toEqual([])
})

test('the latest plan alone', () => {
  expect(check([['01/06/2025', 'A3']], '01/05/2025', '02/06/2025')).toEqual([
    'Episodes 1 DECOM, PlacedAdoption 2 DATE_PLACED',
  ])
})

test('on a tie the first in the file, of both', () => {
  expect(
    check(
      [
        ['01/06/2025', 'A3'],
        ['01/06/2025', 'A5'],
      ],
      '02/06/2025',
      '02/06/2025',
    ),
  ).toEqual(marked)
})

test('dates that are blank or none are passed over', () => {
  expect(
    check(
      [
        ['', 'A3'],
        ['31/06/2025', 'A3'],
      ],
      '02/06/2025',
    ),
  ).toEqual([])
  expect(check([['01/06/2025', 'A3']], '', '31/06/2025')).toEqual([])
  expect(check([['01/06/2025', 'A3']])).toEqual([])
})
