import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8650.ts'

const child = (PrimaryNeedCode: string) => census({ CINdetails: { PrimaryNeedCode } })

test.each(['N0', 'N1', 'N9', ''])('"%s" passes', (need) => {
  expect(findings(rule, child(need))).toEqual([])
})

test.each(['N10', 'n1', '1'])('%s fails', (need) => {
  expect(findings(rule, child(need))).toEqual(['CINdetails 1 PrimaryNeedCode'])
})
