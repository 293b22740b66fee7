import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './379.ts'

const check = (DECOM: string, DEC: string, PLACE = 'T4') =>
  findings(rule, child903({ Episodes: { DECOM, DEC, PLACE } }))

test('more than 7 days, not 7', () => {
  expect(check('01/05/2025', '09/05/2025')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('01/05/2025', '08/05/2025')).toEqual([])
})

test('open episodes, dates that are none and other placements pass', () => {
  expect(check('01/05/2025', '')).toEqual([])
  expect(check('', '09/05/2025')).toEqual([])
  expect(check('01/05/2025', '32/05/2025')).toEqual([])
  expect(check('01/05/2025', '09/05/2025', 'T0')).toEqual([])
})

test('the Header plays no part', () => {
  const child = child903({ Header: [], Episodes: { DECOM: '01/05/2025', DEC: '09/05/2025', PLACE: 'T4' } })
  expect(findings(rule, child)).toHaveLength(1)
})
