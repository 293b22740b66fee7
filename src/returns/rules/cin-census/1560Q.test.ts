import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1560Q.ts'

const child = (FormerUPN: string) => census({ ChildIdentifiers: { FormerUPN, UPN: 'wrong' } })

test.each(['T201000123456', 't20100012345a', ''])('"%s" passes', (former) => {
  expect(findings(rule, child(former))).toEqual([])
})

test.each(['T20100012345', 'T2010001234567', '1201000123456', 'T2010001234A6', 'T20100012345-'])(
  '%s is asked about',
  (former) => {
    expect(findings(rule, child(former))).toEqual(['ChildIdentifiers 1 FormerUPN'])
  },
)
