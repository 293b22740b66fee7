import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './581.ts'

const check = (MIS_START: string, DEC = '01/09/2025') =>
  findings(
    rule,
    child903({
      Missing: { MIS_START },
      Episodes: [
        { DECOM: '01/05/2025', DEC: '01/06/2025' },
        { DECOM: '10/06/2025', DEC },
      ],
    }),
  )
const marked = ['Missing 1 MIS_START']

test('between episodes, before and after them', () => {
  expect(check('02/06/2025')).toEqual(marked)
  expect(check('09/06/2025')).toEqual(marked)
  expect(check('30/04/2025')).toEqual(marked)
  expect(check('02/09/2025')).toEqual(marked)
})

test('outside the only episode', () => {
  const child = child903({ Missing: { MIS_START: '30/04/2025' }, Episodes: { DECOM: '01/05/2025' } })
  expect(findings(rule, child)).toEqual(marked)
})

test('the first and the last day are inside', () => {
  expect(check('10/06/2025')).toEqual([])
  expect(check('01/09/2025')).toEqual([])
  expect(check('01/06/2025')).toEqual([])
})

test('open, or ending on no real date, an episode goes on', () => {
  expect(check('31/03/2026', '')).toEqual([])
  expect(check('31/03/2026', '31/09/2025')).toEqual([])
  expect(check('09/06/2025', '')).toEqual(marked)
})

test('a start that is blank or no date is in no episode', () => {
  expect(check('')).toEqual(marked)
  expect(check('31/06/2025', '')).toEqual(marked)
})

test('a child without episodes passes', () => {
  expect(findings(rule, child903({ Missing: { MIS_START: '01/06/2025' } }))).toEqual([])
})
