import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8870Q.ts'

const child = (InitialCPCtarget: string) => census({ CINdetails: { Section47: [{ InitialCPCtarget }] } })

test.each(['2025-10-25', '2025-10-26'])('%s, Saturday or Sunday', (target) => {
  expect(findings(rule, child(target))).toEqual(['Section47 1 InitialCPCtarget'])
})

test.each(['2025-10-24', '2025-10-27', '2025-12-25', ''])('"%s", another day or a bank holiday', (target) => {
  expect(findings(rule, child(target))).toEqual([])
})
