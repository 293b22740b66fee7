import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './113.ts'

const check = (DATE_MATCH: string) => findings(rule, child903({ AD1: { DATE_MATCH } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['AD1 1 DATE_MATCH'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
