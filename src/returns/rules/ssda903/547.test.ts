import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './547.ts'

const all = { IMMUNISATIONS: '0', TEETH_CHECK: '1', HEALTH_ASSESSMENT: '1', SUBSTANCE_MISUSE: '0' }
const check = (fields: Record<string, string>) => findings(rule, child903({ OC2: { ...all, ...fields } }))

test.each(['IMMUNISATIONS', 'TEETH_CHECK', 'HEALTH_ASSESSMENT', 'SUBSTANCE_MISUSE'])(
  '%s is missing',
  (field) => {
    expect(check({ HEALTH_CHECK: '1', [field]: '' })).toEqual([
      'OC2 1 HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE',
    ])
  },
)

test('all are there', () => {
  expect(check({ HEALTH_CHECK: '1' })).toEqual([])
})

test('not up to date, or nothing said, passes', () => {
  expect(check({ HEALTH_CHECK: '0', TEETH_CHECK: '' })).toEqual([])
  expect(check({ HEALTH_CHECK: '', TEETH_CHECK: '' })).toEqual([])
})
