import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './707.ts'

/** In care from 1 June to 1 September, and again from 5 September. */
const inCare = [
  { DECOM: '01/06/2026', DEC: '10/08/2026' },
  { DECOM: '10/08/2026', DEC: '01/09/2026' },
]
const again = { DECOM: '05/09/2026' }
const check = (DOLO_START: string, DOLO_END: string, Episodes: Record<string, string>[]) =>
  findings(rule, child903({ Episodes, DoLo: { DOLO_START, DOLO_END } }), { year: '2026-27' })
const marked = ['DoLo 1 DOLO_END']

test('left open when care has ended', () => {
  expect(check('20/08/2026', '', inCare)).toEqual(marked)
  expect(check('20/08/2026', '31/09/2026', inCare)).toEqual(marked)
})

test('open in an open period passes, unless it began before', () => {
  expect(check('05/09/2026', '', [...inCare, again])).toEqual([])
  expect(check('04/09/2026', '', [again])).toEqual(marked)
  expect(check('05/09/2026', '', [{ ...again, DEC: '31/09/2026' }])).toEqual([])
})

test('an end on the first or last day of a period is inside it', () => {
  expect(check('20/08/2026', '01/09/2026', inCare)).toEqual([])
  expect(check('20/05/2026', '01/06/2026', inCare)).toEqual([])
  expect(check('20/08/2026', '02/09/2026', inCare)).toEqual(marked)
  expect(check('20/05/2026', '31/05/2026', inCare)).toEqual(marked)
})

test('one period that fits is enough', () => {
  expect(check('06/09/2026', '07/09/2026', [...inCare, again])).toEqual([])
  expect(check('01/09/2026', '03/09/2026', [...inCare, again])).toEqual(marked)
})

test('without a start, and without episodes that have a date, it passes', () => {
  expect(check('', '02/09/2026', inCare)).toEqual([])
  expect(check('31/06/2026', '02/09/2026', inCare)).toEqual([])
  expect(check('20/08/2026', '', [])).toEqual([])
  expect(check('20/08/2026', '', [{ DECOM: '' }])).toEqual([])
})
