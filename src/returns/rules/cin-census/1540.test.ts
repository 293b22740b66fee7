import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1540.ts'

const child = (UPN: string) => census({ ChildIdentifiers: { UPN } })

test.each(['T201000123456', 'T20100012345A', 'XXXX00012345', 'T2010001234567', ''])('"%s" passes', (upn) => {
  expect(findings(rule, child(upn))).toEqual([])
})

test.each(['T201A00123456', 'T2010001234A6', 'T20100012345'.slice(0, 11), 'T201'])('%s fails', (upn) => {
  expect(findings(rule, child(upn))).toEqual(['ChildIdentifiers 1 UPN'])
})
