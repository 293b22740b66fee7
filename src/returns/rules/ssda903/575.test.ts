import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './575.ts'

const check = (MIS_START: string, MIS_END: string, ...list: [DECOM: string, DEC: string][]) =>
  findings(
    rule,
    child903({ Missing: { MIS_START, MIS_END }, Episodes: list.map(([DECOM, DEC]) => ({ DECOM, DEC })) }),
  )
const marked = ['Missing 1 MIS_END']

test('still missing, from an episode that has ended: its first and last day included', () => {
  expect(check('01/05/2025', '', ['01/05/2025', '01/06/2025'])).toEqual(marked)
  expect(check('01/06/2025', '', ['01/05/2025', '01/06/2025'])).toEqual(marked)
  expect(check('30/04/2025', '', ['01/05/2025', '01/06/2025'])).toEqual([])
  expect(check('02/06/2025', '', ['01/05/2025', '01/06/2025'])).toEqual([])
})

test('one such episode is enough', () => {
  expect(check('01/06/2025', '', ['01/06/2025', ''], ['01/05/2025', '01/06/2025'])).toEqual(marked)
})

test('with an end, readable or not, it passes', () => {
  expect(check('01/05/2025', '10/07/2025', ['01/05/2025', '01/06/2025'])).toEqual([])
  expect(check('01/05/2025', '31/06/2025', ['01/05/2025', '01/06/2025'])).toEqual([])
})

test('open episodes, and dates that are blank or none, pass', () => {
  expect(check('01/05/2025', '', ['01/05/2025', ''])).toEqual([])
  expect(check('01/05/2025', '', ['01/05/2025', '31/06/2025'])).toEqual([])
  expect(check('', '', ['01/05/2025', '01/06/2025'])).toEqual([])
  expect(check('31/06/2025', '', ['01/05/2025', '01/08/2025'])).toEqual([])
  expect(check('01/05/2025', '', ['', '01/06/2025'])).toEqual([])
  expect(check('01/05/2025', '')).toEqual([])
})
