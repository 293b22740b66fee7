import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './EPI.ts'

test('neither an episode nor care leaver details', () => {
  expect(findings(rule, child903({ Header: {} }))).toEqual(['Header 1 CHILD'])
})

test('one of the two is enough, if only a row of blanks', () => {
  expect(findings(rule, child903({ Episodes: {} }))).toEqual([])
  expect(findings(rule, child903({ OC3: {} }))).toEqual([])
})

test('last year’s do not count', () => {
  expect(findings(rule, child903({ lastYear: { Episodes: {}, OC3: {} } }))).toHaveLength(1)
})
