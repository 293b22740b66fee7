import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './375.ts'

const check = (DECOM: string, DEC: string, PLACE = 'T1') =>
  findings(rule, child903({ Episodes: { DECOM, DEC, PLACE } }))

test('more than 42 days, not 42', () => {
  expect(check('01/05/2025', '13/06/2025')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('01/05/2025', '12/06/2025')).toEqual([])
})

test('open episodes, dates that are none and other placements pass', () => {
  expect(check('01/05/2025', '')).toEqual([])
  expect(check('', '13/06/2025')).toEqual([])
  expect(check('01/05/2025', '32/06/2025')).toEqual([])
  expect(check('01/05/2025', '13/06/2025', 'T2')).toEqual([])
})

test('the Header plays no part', () => {
  const child = child903({ Header: [], Episodes: { DECOM: '01/05/2025', DEC: '13/06/2025', PLACE: 'T1' } })
  expect(findings(rule, child)).toHaveLength(1)
})
