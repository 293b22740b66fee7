import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1510.ts'

const child = (UPN: string) => census({ ChildIdentifiers: { UPN } })

test.each([
  ['T201000123456', 'a real one'],
  ['A000000000000', 'remainder 0, the first letter'],
  ['Z000000000200', 'remainder 22, the last letter'],
  ['J400000000000', 'remainder 8: I is not used'],
  ['', 'blank'],
  ['A20100012345X', 'a temporary one'],
  ['A20100012345', 'too short'],
  ['A2010001234567', 'too long'],
])('%s passes: %s', (upn) => {
  expect(findings(rule, child(upn))).toEqual([])
})

test.each([
  ['A201000123456', 'another letter'],
  ['t201000123456', 'a small letter'],
  ['T201000123465', 'two digits changed places'],
  ['1201000123456', 'no letter'],
])('%s fails: %s', (upn) => {
  expect(findings(rule, child(upn))).toEqual(['ChildIdentifiers 1 UPN'])
})
