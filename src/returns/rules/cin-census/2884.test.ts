import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2884.ts'

const child = (onEpisode: string, inEnquiry: string) =>
  census({
    CINdetails: [{ DateOfInitialCPC: onEpisode }, { Section47: [{}, { DateOfInitialCPC: inEnquiry }] }],
  })

test('the same day, in any episode', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([
    'CINdetails 1 DateOfInitialCPC, Section47 2 DateOfInitialCPC',
  ])
})

test('another day passes, and blanks are never the same', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
