import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './420.ts'

const given = { postcodes: postcodes({ 'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 } }) }
const child = (LS: string, PL_POST: string) => child903({ Episodes: { LS, PL_POST } })

test.each(['V3', 'V4'])('a short break (%s) with a postcode that is known', (ls) => {
  expect(findings(rule, child(ls, 'aa11aa'), given)).toEqual(['Episodes 1 PL_LA'])
})

test('other legal statuses, unknown and blank postcodes pass', () => {
  expect(findings(rule, child('C2', 'AA1 1AA'), given)).toEqual([])
  expect(findings(rule, child('', 'AA1 1AA'), given)).toEqual([])
  expect(findings(rule, child('V3', 'ZZ9 9ZZ'), given)).toEqual([])
  expect(findings(rule, child('V3', ''), given)).toEqual([])
})
