import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './444.ts'

const child = (CHILD: string, UPN: string) => child903({ Header: { CHILD, UPN } })

test('everyone with the shared UPN is told', () => {
  const children = [child('A', 'H801200001001'), child('B', 'H801200001002'), child('C', 'H801200001001')]
  expect(findings(rule, children)).toEqual(['A: Header 1 UPN', 'C: Header 1 UPN'])
})

test('reasons for having none may be shared', () => {
  for (const reason of ['UN1', 'UN2', 'UN3', 'UN4', 'UN5'])
    expect(findings(rule, [child('A', reason), child('B', reason)])).toEqual([])
  expect(findings(rule, [child('A', 'UN6'), child('B', 'UN6')])).toHaveLength(2)
})

test('blanks are never the same', () => {
  expect(findings(rule, [child('A', ''), child('B', '')])).toEqual([])
})
