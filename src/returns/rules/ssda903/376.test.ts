import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './376.ts'

const check = (DECOM: string, DEC: string, PLACE = 'T3') =>
  findings(rule, child903({ Episodes: { DECOM, DEC, PLACE } }))

test('more than 21 days, not 21', () => {
  expect(check('01/05/2025', '23/05/2025')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('01/05/2025', '22/05/2025')).toEqual([])
})

test('open episodes, dates that are none and other placements pass', () => {
  expect(check('01/05/2025', '')).toEqual([])
  expect(check('', '23/05/2025')).toEqual([])
  expect(check('01/05/2025', '32/05/2025')).toEqual([])
  expect(check('01/05/2025', '23/05/2025', 'T2')).toEqual([])
})

test('the Header plays no part', () => {
  const child = child903({ Header: [], Episodes: { DECOM: '01/05/2025', DEC: '23/05/2025', PLACE: 'T3' } })
  expect(findings(rule, child)).toHaveLength(1)
})
