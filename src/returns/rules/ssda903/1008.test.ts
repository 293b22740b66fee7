import { expect, test } from 'vitest'
import { child903, findings, providers } from '../testing.ts'
import rule from './1008.ts'

const given = { providers: providers({ SC123456: {} }) }
const child = (URN: string) => child903({ Episodes: { URN } })

test('not on the list', () => {
  expect(findings(rule, child('SC123457'), given)).toEqual(['Episodes 1 URN'])
})

test('on the list, or blank', () => {
  expect(findings(rule, child('SC123456'), given)).toEqual([])
  expect(findings(rule, child(''), given)).toEqual([])
})

test('seven Xs are exempt, six are not', () => {
  expect(findings(rule, child('XXXXXXX'), given)).toEqual([])
  expect(findings(rule, child('XXXXXX'), given)).toHaveLength(1)
})
