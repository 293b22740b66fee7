import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8750.ts'

const unborn = { ExpectedPersonBirthDate: '2026-05-20' }
const child = (identifiers: Record<string, string>) =>
  census({ ChildIdentifiers: { ...unborn, ...identifiers } })

test.each(['M', 'F', 'u', ''])('sex "%s"', (Sex) => {
  expect(findings(rule, child({ Sex }))).toEqual([
    'ChildIdentifiers 1 Sex PersonBirthDate ExpectedPersonBirthDate',
  ])
})

test('not known passes', () => {
  expect(findings(rule, child({ Sex: 'U' }))).toEqual([])
})

test('a child who has been born, or has neither date', () => {
  expect(findings(rule, child({ Sex: 'F', PersonBirthDate: '2026-03-20' }))).toEqual([])
  expect(findings(rule, child({ Sex: 'F', ExpectedPersonBirthDate: '' }))).toEqual([])
})

test('up to 2023-24 it is GenderCurrent, and 0', () => {
  const year = { year: '2023-24' }
  expect(findings(rule, child({ GenderCurrent: '0' }), year)).toEqual([])
  for (const GenderCurrent of ['1', '9', ''])
    expect(findings(rule, child({ GenderCurrent }), year)).toEqual([
      'ChildIdentifiers 1 GenderCurrent PersonBirthDate ExpectedPersonBirthDate',
    ])
})
