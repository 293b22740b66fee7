import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './214.ts'

const child = (episode: Record<string, string>) => child903({ Episodes: episode })

test.each(['V3', 'V4'])('%s with a postcode or a URN', (LS) => {
  const marked = ['Episodes 1 PL_POST URN']
  expect(findings(rule, child({ LS, PL_POST: 'AA1 1AA' }))).toEqual(marked)
  expect(findings(rule, child({ LS, URN: 'XXXXXXX' }))).toEqual(marked)
  expect(findings(rule, child({ LS }))).toEqual([])
})

test('the home postcode is not looked at; other legal statuses, and none, pass', () => {
  expect(findings(rule, child({ LS: 'V3', HOME_POST: 'AA1 1AA' }))).toEqual([])
  expect(findings(rule, child({ LS: 'V2', PL_POST: 'AA1 1AA', URN: 'SC123456' }))).toEqual([])
  expect(findings(rule, child({ LS: '', PL_POST: 'AA1 1AA', URN: 'SC123456' }))).toEqual([])
})
