import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './147.ts'

const check = (DEC: string) => findings(rule, child903({ Episodes: { DEC } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['Episodes 1 DEC'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
