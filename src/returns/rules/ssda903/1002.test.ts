import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1002.ts'

test('no episode in either year', () => {
  expect(findings(rule, child903({ OC3: {} }))).toEqual(['OC3 1 IN_TOUCH ACTIV ACCOM'])
  expect(findings(rule, child903({ OC3: {}, lastYear: { OC3: {} } }))).toHaveLength(1)
})

test('an episode in one of the two, whatever is in it', () => {
  expect(findings(rule, child903({ OC3: {}, Episodes: {} }))).toEqual([])
  expect(findings(rule, child903({ OC3: {}, lastYear: { Episodes: {} } }))).toEqual([])
})
