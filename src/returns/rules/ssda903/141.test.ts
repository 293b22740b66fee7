import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './141.ts'

const check = (DECOM: string) => findings(rule, child903({ Episodes: { DECOM } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['Episodes 1 DECOM'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
