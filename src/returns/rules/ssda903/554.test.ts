import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './554.ts'

const check = (list: [DECOM: string, DEC: string, LS: string][], ...placed: string[]) =>
  findings(
    rule,
    child903({
      Episodes: list.map(([DECOM, DEC, LS]) => ({ DECOM, DEC, LS })),
      PlacedAdoption: placed.map((DATE_PLACED) => ({ DATE_PLACED })),
    }),
  )
const marked = ['Episodes 1 DECOM LS, PlacedAdoption 1 DATE_PLACED']

test('the plan is later than the order, not of the same day', () => {
  expect(check([['01/06/2025', '', 'E1']], '02/06/2025')).toEqual(marked)
  expect(check([['01/06/2025', '', 'E1']], '01/06/2025')).toEqual([])
  expect(check([['01/06/2025', '', 'E1']], '31/05/2025')).toEqual([])
})

test('each plan is compared', () => {
  expect(check([['01/06/2025', '', 'E1']], '02/06/2025', '01/05/2025', '03/06/2025')).toEqual([
    'Episodes 1 DECOM LS, PlacedAdoption 1 DATE_PLACED',
    'Episodes 1 DECOM LS, PlacedAdoption 3 DATE_PLACED',
  ])
})

test('in one period of care the first episode under the order counts', () => {
  const one: [string, string, string][] = [
    ['01/06/2025', '01/08/2025', 'E1'],
    ['01/08/2025', '', 'E1'],
  ]
  expect(check(one, '02/06/2025')).toEqual(marked)
  expect(check([['01/05/2025', '01/06/2025', 'C2'], ...one], '02/06/2025')).toEqual([
    'Episodes 2 DECOM LS, PlacedAdoption 1 DATE_PLACED',
  ])
})

test('in each period of care', () => {
  const two: [string, string, string][] = [
    ['01/06/2025', '01/08/2025', 'E1'],
    ['02/08/2025', '', 'E1'],
  ]
  expect(check(two, '01/09/2025')).toEqual([
    'Episodes 1 DECOM LS, PlacedAdoption 1 DATE_PLACED',
    'Episodes 2 DECOM LS, PlacedAdoption 1 DATE_PLACED',
  ])
  expect(check(two, '02/08/2025')).toEqual(marked)
})

test('on a tie the first in the file', () => {
  expect(
    check(
      [
        ['01/06/2025', '', 'E1'],
        ['01/06/2025', '', 'E1'],
      ],
      '02/06/2025',
    ),
  ).toEqual(marked)
})

test('dates that are blank or none, and other legal statuses, pass', () => {
  expect(check([['', '', 'E1']], '02/06/2025')).toEqual([])
  expect(check([['01/06/2025', '', 'E1']], '', '31/06/2025')).toEqual([])
  expect(check([['01/06/2025', '', 'D1']], '02/06/2025')).toEqual([])
  expect(check([['01/06/2025', '', 'E1']])).toEqual([])
})
