import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1520.ts'

const child = (LAchildID: string, UPN: string) => census({ ChildIdentifiers: { LAchildID, UPN } })

test('everyone with the shared UPN is told', () => {
  const children = [child('A', 'A123456789123'), child('B', 'B123456789123'), child('C', 'A123456789123')]
  expect(findings(rule, children)).toEqual(['A: ChildIdentifiers 1 UPN', 'C: ChildIdentifiers 1 UPN'])
})

test('small letters make another UPN, and blanks are never the same', () => {
  expect(findings(rule, [child('A', 'A123456789123'), child('B', 'a123456789123')])).toEqual([])
  expect(findings(rule, [child('A', ''), child('B', '')])).toEqual([])
})
