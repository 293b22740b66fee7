import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './356.ts'

const episode = (DECOM: string, DEC: string) => child903({ Episodes: { DECOM, DEC } })

test('ends before it begins', () => {
  expect(findings(rule, episode('02/05/2025', '01/05/2025'))).toEqual(['Episodes 1 DECOM'])
})

test('the same day passes', () => {
  expect(findings(rule, episode('02/05/2025', '02/05/2025'))).toEqual([])
})

test('blank and unreadable dates pass', () => {
  expect(findings(rule, episode('02/05/2025', ''))).toEqual([])
  expect(findings(rule, episode('', '01/05/2025'))).toEqual([])
  expect(findings(rule, episode('02/05/2025', '31/04/2025'))).toEqual([])
})
