import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './171.ts'

const check = (MC_DOB: string) => findings(rule, child903({ Header: { MC_DOB } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['Header 1 MC_DOB'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
