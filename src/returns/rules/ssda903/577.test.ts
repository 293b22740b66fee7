import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './577.ts'

/** In care from 1 June to 1 September, and again from 5 September. */
const inCare = [
  { DECOM: '01/06/2025', DEC: '10/08/2025' },
  { DECOM: '10/08/2025', DEC: '01/09/2025' },
]
const again = { DECOM: '05/09/2025' }
const missing = (MIS_START: string, MIS_END: string, Episodes: Record<string, string>[]) =>
  child903({ Episodes, Missing: { MISSING: 'M', MIS_START, MIS_END } })
const marked = ['Missing 1 MIS_END']

test('left open when care has ended', () => {
  expect(findings(rule, missing('20/08/2025', '', inCare))).toEqual(marked)
})

test('open in an open period passes, unless it began before', () => {
  expect(findings(rule, missing('05/09/2025', '', [...inCare, again]))).toEqual([])
  expect(findings(rule, missing('04/09/2025', '', [again]))).toEqual(marked)
})

test('an end on the first or last day of a period is inside it', () => {
  expect(findings(rule, missing('20/08/2025', '01/09/2025', inCare))).toEqual([])
  expect(findings(rule, missing('20/05/2025', '01/06/2025', inCare))).toEqual([])
  expect(findings(rule, missing('20/08/2025', '02/09/2025', inCare))).toEqual(marked)
  expect(findings(rule, missing('20/05/2025', '31/05/2025', inCare))).toEqual(marked)
})

test('one period that fits is enough', () => {
  expect(findings(rule, missing('06/09/2025', '07/09/2025', [...inCare, again]))).toEqual([])
  expect(findings(rule, missing('01/09/2025', '03/09/2025', [...inCare, again]))).toEqual(marked)
})

test('without a start, and without episodes that have a date, it passes', () => {
  expect(findings(rule, missing('', '02/09/2025', inCare))).toEqual([])
  expect(findings(rule, missing('20/08/2025', '', []))).toEqual([])
  expect(findings(rule, missing('20/08/2025', '', [{ DECOM: '' }]))).toEqual([])
})

test('a date that is none counts as blank', () => {
  expect(findings(rule, missing('32/08/2025', '02/09/2025', inCare))).toEqual([])
  const stillInCare = [{ DECOM: '01/06/2025', DEC: '31/06/2025' }]
  expect(findings(rule, missing('20/08/2025', '', stillInCare))).toEqual([])
  expect(findings(rule, missing('20/08/2025', '32/08/2025', inCare))).toEqual(marked)
})
