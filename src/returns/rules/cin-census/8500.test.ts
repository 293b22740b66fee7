import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8500.ts'

test('blank', () => {
  expect(findings(rule, census({ ChildIdentifiers: { LAchildID: '' } }))).toEqual([
    'ChildIdentifiers 1 LAchildID',
  ])
})

test('filled in', () => {
  expect(findings(rule, census({ ChildIdentifiers: { LAchildID: '0' } }))).toEqual([])
})
