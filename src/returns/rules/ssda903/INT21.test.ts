import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT21.ts'

const check = (SEX: string, ofHeader: string) =>
  findings(rule, child903({ Header: { SEX: ofHeader }, UASC: { SEX } }))

test('another sex', () => {
  expect(check('M', 'F')).toEqual(['UASC 1 SEX'])
  expect(check('1', 'M')).toHaveLength(1)
})

test('the same, or a blank on either side', () => {
  expect(check('M', 'M')).toEqual([])
  expect(check('', 'F')).toEqual([])
  expect(check('M', '')).toEqual([])
})

test('without a Header row it passes', () => {
  expect(findings(rule, child903({ Header: [], UASC: { SEX: 'M' } }))).toEqual([])
})
