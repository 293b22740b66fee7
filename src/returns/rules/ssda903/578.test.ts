import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './578.ts'

/** In care from 1 June to 1 September, and again from 5 September. */
const inCare = [
  { DECOM: '01/06/2025', DEC: '10/08/2025' },
  { DECOM: '10/08/2025', DEC: '01/09/2025' },
]
const again = { DECOM: '05/09/2025' }
const check = (MIS_START: string, Episodes: Record<string, string>[]) =>
  findings(rule, child903({ Episodes, Missing: { MIS_START } }))
const marked = ['Missing 1 MIS_START']

test('the day care begins is inside, the day before is not', () => {
  expect(check('01/06/2025', inCare)).toEqual([])
  expect(check('31/05/2025', inCare)).toEqual(marked)
})

test('the day care ends is outside, the day before is not', () => {
  expect(check('31/08/2025', inCare)).toEqual([])
  expect(check('01/09/2025', inCare)).toEqual(marked)
  expect(check('10/08/2025', inCare)).toEqual([])
})

test('between two periods; in the second, which is open', () => {
  expect(check('04/09/2025', [...inCare, again])).toEqual(marked)
  expect(check('05/09/2025', [...inCare, again])).toEqual([])
  expect(check('20/03/2026', [...inCare, again])).toEqual([])
})

test('an end that is no date leaves the period open', () => {
  expect(check('20/03/2026', [{ DECOM: '05/09/2025', DEC: '31/09/2025' }])).toEqual([])
})

test('without a start, and without episodes that have a date, it passes', () => {
  expect(check('', inCare)).toEqual([])
  expect(check('31/04/2025', inCare)).toEqual([])
  expect(check('20/08/2025', [])).toEqual([])
  expect(check('20/08/2025', [{ DECOM: '31/06/2025' }])).toEqual([])
})
