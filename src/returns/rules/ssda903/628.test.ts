import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './628.ts'

const check = (MOTHER: string, OC3: Record<string, string> = { IN_TOUCH: 'YES' }) =>
  findings(rule, child903({ Header: { MOTHER }, OC3 }))

test.each(['0', '1', 'X'])('mother is "%s"', (MOTHER) => {
  expect(check(MOTHER)).toEqual(['Header 1 MOTHER'])
})

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s is enough for a care leaver', (field) => {
  expect(check('0', { [field]: '0' })).toHaveLength(1)
})

test('not said, or no care leaver', () => {
  expect(check('')).toEqual([])
  expect(check('0', {})).toEqual([])
  expect(findings(rule, child903({ Header: { MOTHER: '0' } }))).toEqual([])
})

test('in care this year; last year does not count', () => {
  const OC3 = { IN_TOUCH: 'YES' }
  const inCare = { DECOM: '01/05/2024' }
  expect(findings(rule, child903({ Header: { MOTHER: '0' }, OC3, Episodes: inCare }))).toEqual([])
  const last = child903({ Header: { MOTHER: '0' }, OC3, lastYear: { Episodes: inCare } })
  expect(findings(rule, last)).toHaveLength(1)
})
