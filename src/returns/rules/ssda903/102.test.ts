import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './102.ts'

const check = (DOB: string) => findings(rule, child903({ Header: { DOB } }))

test.each([...noDates, ''])('"%s" fails', (date) => {
  expect(check(date)).toEqual(['Header 1 DOB'])
})

test.each(['01/05/2012', '29/02/2024'])('%s passes', (date) => {
  expect(check(date)).toEqual([])
})
