import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './215.ts'

const child = (OC3: Record<string, string>, OC2: Record<string, string>) => child903({ OC3, OC2 })
const marked = [
  'OC3 1 IN_TOUCH ACTIV ACCOM, OC2 1 CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED',
]

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s with a health item', (field) => {
  expect(findings(rule, child({ [field]: '0' }, { TEETH_CHECK: '1' }))).toEqual(marked)
})

test.each([
  'CONVICTED',
  'HEALTH_CHECK',
  'IMMUNISATIONS',
  'TEETH_CHECK',
  'HEALTH_ASSESSMENT',
  'SUBSTANCE_MISUSE',
  'INTERVENTION_RECEIVED',
  'INTERVENTION_OFFERED',
])('%s with care leaver details', (field) => {
  expect(findings(rule, child({ IN_TOUCH: 'YES' }, { [field]: '0' }))).toEqual(marked)
})

test('the SDQ does not count', () => {
  expect(findings(rule, child({ IN_TOUCH: 'YES' }, { SDQ_SCORE: '12', SDQ_REASON: 'SDQ1' }))).toEqual([])
})

test('one of the two is blank or is not there', () => {
  expect(findings(rule, child({}, { TEETH_CHECK: '1' }))).toEqual([])
  expect(findings(rule, child903({ OC3: { IN_TOUCH: 'YES' } }))).toEqual([])
  expect(findings(rule, child903({ OC2: { TEETH_CHECK: '1' } }))).toEqual([])
})
