import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1570.ts'

const child = (LAchildID: string) => census({ ChildIdentifiers: { LAchildID } })

test('more than 20 characters', () => {
  expect(findings(rule, child('A23456789012345678901'))).toEqual(['ChildIdentifiers 1 LAchildID'])
})

test('exactly 20 or none pass', () => {
  expect(findings(rule, child('A2345678901234567890'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
})
