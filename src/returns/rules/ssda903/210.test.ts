import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './210.ts'

const child = (UPN: string, ...begins: string[]) =>
  child903({ Header: { UPN }, Episodes: begins.map((DECOM) => ({ DECOM })) })

test('from 24 March of the year in which the collection ends', () => {
  expect(findings(rule, child('UN4', '24/03/2026'))).toEqual(['Episodes 1 DECOM, Header 1 UPN'])
  expect(findings(rule, child('UN4', '23/03/2026'))).toEqual([])
  expect(findings(rule, child('UN4', '24/03/2025'))).toEqual([])
})

test('each such episode, and the Header row once', () => {
  expect(findings(rule, child('UN4', '01/05/2025', '25/03/2026', '28/03/2026'))).toEqual([
    'Episodes 2 DECOM, Episodes 3 DECOM, Header 1 UPN',
  ])
})

test('another reason, or no date', () => {
  expect(findings(rule, child('UN3', '24/03/2026'))).toEqual([])
  expect(findings(rule, child('UN4', '', '32/03/2026'))).toEqual([])
})
