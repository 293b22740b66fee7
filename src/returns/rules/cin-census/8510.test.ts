import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8510.ts'

const child = (LAchildID: string) => census({ ChildIdentifiers: { LAchildID } })

test('everyone with the shared identifier is told', () => {
  expect(findings(rule, [child('A'), child('B'), child('A'), child('A')])).toEqual([
    'A: ChildIdentifiers 1 LAchildID',
    'A: ChildIdentifiers 1 LAchildID',
    'A: ChildIdentifiers 1 LAchildID',
  ])
})

test('small letters make another identifier, and blanks are never the same', () => {
  expect(findings(rule, [child('A'), child('a')])).toEqual([])
  expect(findings(rule, [child(''), child('')])).toEqual([])
})
