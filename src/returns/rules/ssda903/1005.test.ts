import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './1005.ts'

const check = (MIS_END: string) => findings(rule, child903({ Missing: { MIS_END } }))

test.each(noDates)('"%s" fails', (date) => {
  expect(check(date)).toEqual(['Missing 1 MIS_END'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
