import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './112.ts'

const check = (DATE_INT: string) => findings(rule, child903({ AD1: { DATE_INT } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['AD1 1 DATE_INT'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
