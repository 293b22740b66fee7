import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './119.ts'

const check = (DATE_PLACED_CEASED: string, REASON_PLACED_CEASED: string) =>
  findings(rule, child903({ PlacedAdoption: { DATE_PLACED_CEASED, REASON_PLACED_CEASED } }))

test('one of the two', () => {
  const marked = ['PlacedAdoption 1 REASON_PLACED_CEASED DATE_PLACED_CEASED']
  expect(check('01/05/2025', '')).toEqual(marked)
  expect(check('', 'RD1')).toEqual(marked)
  expect(check('32/05/2025', '')).toEqual(marked)
})

test('both or neither', () => {
  expect(check('01/05/2025', 'RD1')).toEqual([])
  expect(check('32/05/2025', 'XX')).toEqual([])
  expect(check('', '')).toEqual([])
})
