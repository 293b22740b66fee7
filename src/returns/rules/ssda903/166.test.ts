import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './166.ts'

const check = (REVIEW: string) => findings(rule, child903({ Reviews: { REVIEW } }))

test.each([...noDates, ''])('"%s" fails', (date) => {
  expect(check(date)).toEqual(['Reviews 1 REVIEW'])
})

test.each(['01/05/2025', '29/02/2024'])('%s passes', (date) => {
  expect(check(date)).toEqual([])
})
