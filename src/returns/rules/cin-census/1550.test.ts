import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1550.ts'

const child = (last: string) => census({ ChildIdentifiers: { UPN: `T20100012345${last}` } })

test.each([...'09AHJNPRTZ'])('%s passes', (last) => {
  expect(findings(rule, child(last))).toEqual([])
})

test.each([...'IOSa-'])('%s fails', (last) => {
  expect(findings(rule, child(last))).toEqual(['ChildIdentifiers 1 UPN'])
})

test('another length or a blank is not tested', () => {
  expect(findings(rule, child('6I'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
  expect(findings(rule, census({ ChildIdentifiers: { UPN: '' } }))).toEqual([])
})
