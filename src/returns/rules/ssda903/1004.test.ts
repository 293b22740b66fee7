import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './1004.ts'

const check = (MIS_START: string) => findings(rule, child903({ Missing: { MIS_START } }))

test.each([...noDates, ''])('"%s" fails', (date) => {
  expect(check(date)).toEqual(['Missing 1 MIS_START'])
})

test.each(['01/05/2025', '29/02/2024'])('%s passes', (date) => {
  expect(check(date)).toEqual([])
})
