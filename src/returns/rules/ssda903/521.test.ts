import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './521.ts'

const check = (DATE_INT: string, ...list: [DECOM: string, PLACE: string][]) =>
  findings(rule, child903({ AD1: { DATE_INT }, Episodes: list.map(([DECOM, PLACE]) => ({ DECOM, PLACE })) }))

test('decided after the placement began, not on the day', () => {
  expect(check('02/06/2025', ['01/06/2025', 'A3'])).toEqual(['Episodes 1 PLACE DECOM, AD1 1 DATE_INT'])
  expect(check('01/06/2025', ['01/06/2025', 'A3'])).toEqual([])
})

test('of all placements, those for adoption count', () => {
  const fails = allPlacements.filter((PLACE) => check('02/06/2025', ['01/06/2025', PLACE]).length > 0)
  expect(fails).toEqual(['A3', 'A4', 'A5', 'A6'])
})

test('every such episode counts, not only the first', () => {
  expect(check('02/07/2025', ['01/06/2025', 'A3'], ['01/07/2025', 'A5'], ['02/07/2025', 'A5'])).toEqual([
    'Episodes 1 PLACE DECOM, AD1 1 DATE_INT',
    'Episodes 2 PLACE DECOM, AD1 1 DATE_INT',
  ])
})

test('dates that are blank or none pass, and a child that was not adopted', () => {
  expect(check('', ['01/06/2025', 'A3'])).toEqual([])
  expect(check('31/06/2025', ['01/06/2025', 'A3'])).toEqual([])
  expect(check('02/06/2025', ['', 'A3'])).toEqual([])
  expect(findings(rule, child903({ Episodes: { DECOM: '01/06/2025', PLACE: 'A3' } }))).toEqual([])
})
