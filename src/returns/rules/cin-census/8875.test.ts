import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8875.ts'

const child = (DateOfInitialCPC: string) => census({ CINdetails: { Section47: [{ DateOfInitialCPC }] } })

test.each(['2025-10-25', '2025-10-26'])('%s, Saturday or Sunday', (held) => {
  expect(findings(rule, child(held))).toEqual(['Section47 1 DateOfInitialCPC'])
})

test.each(['2025-10-24', '2025-10-27', '2025-12-25', ''])('"%s", another day or a bank holiday', (held) => {
  expect(findings(rule, child(held))).toEqual([])
})

test('the conference of the episode itself is not tested', () => {
  expect(findings(rule, census({ CINdetails: { DateOfInitialCPC: '2025-10-25' } }))).toEqual([])
})
