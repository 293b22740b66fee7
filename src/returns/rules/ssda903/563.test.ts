import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './563.ts'

const ended = { DATE_PLACED_CEASED: '01/06/2025', REASON_PLACED_CEASED: 'RD1' }
const check = (fields: Record<string, string>) =>
  findings(rule, child903({ PlacedAdoption: { ...ended, ...fields } }))
const marked = ['PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED']

test('an end and a reason, and no beginning', () => {
  expect(check({})).toEqual(marked)
  expect(check({ DATE_PLACED_CEASED: '31/06/2025' })).toEqual(marked)
})

test('with a beginning, readable or not', () => {
  expect(check({ DATE_PLACED: '01/05/2025' })).toEqual([])
  expect(check({ DATE_PLACED: '31/06/2025' })).toEqual([])
})

test('one of the two alone passes', () => {
  expect(check({ DATE_PLACED_CEASED: '' })).toEqual([])
  expect(check({ REASON_PLACED_CEASED: '' })).toEqual([])
})
