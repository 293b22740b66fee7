import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './234.ts'

const check = (DOB: string, moved: string, REASON_PLACE_CHANGE = 'CUSTOD') =>
  findings(
    rule,
    child903({
      Header: { DOB },
      Episodes: [{ DECOM: moved }, { DECOM: '01/05/2021', REASON_PLACE_CHANGE }],
    }),
  )

test('moved the day before the 10th birthday', () => {
  expect(check('14/06/2015', '13/06/2025')).toEqual(['Episodes 2 REASON_PLACE_CHANGE, Header 1 DOB'])
})

test('on the birthday passes', () => {
  expect(check('14/06/2015', '14/06/2025')).toEqual([])
})

test('born on 29 February: 10 on 28 February', () => {
  expect(check('29/02/2016', '27/02/2026')).toHaveLength(1)
  expect(check('29/02/2016', '28/02/2026')).toEqual([])
})

test('another reason, or a date that is none', () => {
  expect(check('14/06/2015', '13/06/2025', 'CARPL')).toEqual([])
  expect(check('', '13/06/2025')).toEqual([])
  expect(check('14/06/2015', '13/06/2025', '')).toEqual([])
})

test('nothing follows', () => {
  const alone = { DECOM: '01/05/2021', REASON_PLACE_CHANGE: 'CUSTOD' }
  expect(findings(rule, child903({ Header: { DOB: '14/06/2015' }, Episodes: alone }))).toEqual([])
})
