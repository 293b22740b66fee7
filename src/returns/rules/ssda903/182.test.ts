import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './182.ts'

const core = { IMMUNISATIONS: '1', TEETH_CHECK: '0', HEALTH_ASSESSMENT: '1', SUBSTANCE_MISUSE: '0' }
const check = (OC2: Record<string, string>) => findings(rule, child903({ OC2 }))
const marked = [
  'OC2 1 CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED',
]

test.each(['CONVICTED', 'HEALTH_CHECK', 'INTERVENTION_RECEIVED', 'INTERVENTION_OFFERED'])(
  '%s without all of the four',
  (item) => {
    expect(check({ [item]: '0' })).toEqual(marked)
    expect(check({ ...core, [item]: '0' })).toEqual([])
  },
)

test.each(Object.keys(core))('%s is one of the four', (item) => {
  expect(check({ ...core, CONVICTED: '0', [item]: '' })).toEqual(marked)
})

test('only some of the four, or nothing', () => {
  expect(check({ IMMUNISATIONS: '1' })).toEqual([])
  expect(check({})).toEqual([])
})
