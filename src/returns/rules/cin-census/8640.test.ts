import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8640.ts'

const child = (ReasonForClosure: string) => census({ CINdetails: { ReasonForClosure } })

test.each(['RC1', 'RC9', ''])('"%s" passes', (reason) => {
  expect(findings(rule, child(reason))).toEqual([])
})

test.each(['RC0', 'RC10', 'rc1', '1'])('%s fails', (reason) => {
  expect(findings(rule, child(reason))).toEqual(['CINdetails 1 ReasonForClosure'])
})
