import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4180.ts'

const child = (identifiers: Record<string, string>) => census({ ChildIdentifiers: identifiers })

test.each(['M', 'F', 'U'])('sex %s passes', (Sex) => {
  expect(findings(rule, child({ Sex }))).toEqual([])
})

test.each(['', 'm', '1', 'Female'])('sex "%s" fails', (Sex) => {
  expect(findings(rule, child({ Sex }))).toEqual(['ChildIdentifiers 1 Sex'])
})

test('up to 2023-24 it is GenderCurrent', () => {
  for (const GenderCurrent of ['0', '1', '2', '9'])
    expect(findings(rule, child({ GenderCurrent }), { year: '2023-24' })).toEqual([])
  expect(findings(rule, child({ GenderCurrent: '3' }), { year: '2023-24' })).toEqual([
    'ChildIdentifiers 1 GenderCurrent',
  ])
  expect(findings(rule, child({ GenderCurrent: '9' }))).toEqual(['ChildIdentifiers 1 Sex'])
})
