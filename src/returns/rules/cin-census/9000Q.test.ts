import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9000Q.ts'

const year = { year: '2026-27' }
const child = (PPStartDate: string) => census({ CINdetails: { PreProceedingsandFGDM: [{ PPStartDate }] } })

test('nobody has a start', () => {
  expect(findings(rule, [child(''), child('2026-06-31'), census({})], year)).toEqual(['the whole return'])
})

test('one is enough, whenever it was', () => {
  expect(findings(rule, [census({}), child('1999-01-01')], year)).toEqual([])
})
