import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './167.ts'

const check = (REVIEW: string, REVIEW_CODE: string) =>
  findings(rule, child903({ Reviews: { REVIEW, REVIEW_CODE } }))

test.each(['', 'PN8', 'PN', '1'])('a review with "%s" fails', (code) => {
  expect(check('01/05/2025', code)).toEqual(['Reviews 1 REVIEW_CODE'])
})

test.each(['PN0', 'PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7'])('a review with %s passes', (code) => {
  expect(check('01/05/2025', code)).toEqual([])
})

test('a code without a review fails, nothing at all passes', () => {
  expect(check('', 'PN1')).toHaveLength(1)
  expect(check('', 'XX')).toHaveLength(1)
  expect(check('', '')).toEqual([])
})

test('an unreadable date is filled in', () => {
  expect(check('32/05/2025', 'PN1')).toEqual([])
  expect(check('32/05/2025', '')).toHaveLength(1)
})
