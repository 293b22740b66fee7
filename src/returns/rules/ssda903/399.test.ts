import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './399.ts'

type Rows = Record<string, string>[]
const breaks: Rows = [{ LS: 'V3' }, { LS: 'V4' }]
const check = (MOTHER: string, Reviews: Rows, Episodes = breaks) =>
  findings(rule, child903({ Header: { MOTHER }, Episodes, Reviews }))
const both = 'Episodes 1 LS, Episodes 2 LS'

test('a mother marker: all reviews are told with it', () => {
  expect(check('0', [])).toEqual([`${both}, Header 1 MOTHER`])
  expect(check('1', [{}, { REVIEW_CODE: 'PN1' }])).toEqual([
    `${both}, Header 1 MOTHER, Reviews 1 REVIEW REVIEW_CODE, Reviews 2 REVIEW REVIEW_CODE`,
  ])
})

test('reviews: those that say something', () => {
  expect(check('', [{}, { REVIEW_CODE: 'PN1' }, { REVIEW: '01/06/2025' }, { REVIEW: '31/06/2025' }])).toEqual(
    [
      `${both}, Header 1 MOTHER, Reviews 2 REVIEW REVIEW_CODE, Reviews 3 REVIEW REVIEW_CODE, Reviews 4 REVIEW REVIEW_CODE`,
    ],
  )
})

test('nothing of the kind', () => {
  expect(check('', [])).toEqual([])
  expect(check('', [{}])).toEqual([])
})

test('an episode of another legal status, a blank one, or no episode', () => {
  expect(check('1', [{ REVIEW_CODE: 'PN1' }], [{ LS: 'V3' }, { LS: 'C2' }])).toEqual([])
  expect(check('1', [{ REVIEW_CODE: 'PN1' }], [{ LS: 'V3' }, { LS: '' }])).toEqual([])
  expect(check('1', [{ REVIEW_CODE: 'PN1' }], [])).toEqual([])
})

test('without a Header row the reviews are told alone', () => {
  const child = child903({ Header: [], Episodes: { LS: 'V3' }, Reviews: { REVIEW_CODE: 'PN1' } })
  expect(findings(rule, child)).toEqual(['Episodes 1 LS, Reviews 1 REVIEW REVIEW_CODE'])
})
