import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1580.ts'

const child = (LAchildID: string) => census({ ChildIdentifiers: { LAchildID } })

test.each(['CH0001001', 'abc', '1', ''])('"%s" passes', (id) => {
  expect(findings(rule, child(id))).toEqual([])
})

test.each(['CH 1', 'CH-1', 'CH/1', 'CH_1', '1.'])('%s fails', (id) => {
  expect(findings(rule, child(id))).toEqual(['ChildIdentifiers 1 LAchildID'])
})
