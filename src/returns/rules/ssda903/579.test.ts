import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './579.ts'

const check = (...plans: [DATE_PLACED: string, DATE_PLACED_CEASED: string][]) =>
  findings(
    rule,
    child903({
      PlacedAdoption: plans.map(([DATE_PLACED, DATE_PLACED_CEASED]) => ({ DATE_PLACED, DATE_PLACED_CEASED })),
    }),
  )
const second = ['PlacedAdoption 2 DATE_PLACED DATE_PLACED_CEASED']

test('made before the one before ended, not on that day', () => {
  expect(check(['01/06/2025', '01/08/2025'], ['31/07/2025', ''])).toEqual(second)
  expect(check(['01/06/2025', '01/08/2025'], ['01/08/2025', ''])).toEqual([])
})

test('the one before is open, or ends on no real date', () => {
  expect(check(['01/06/2025', ''], ['01/08/2025', ''])).toEqual(second)
  expect(check(['01/06/2025', '31/06/2025'], ['01/08/2025', ''])).toEqual(second)
})

test('the order is that of the dates across months and years, those without one last', () => {
  expect(check(['02/01/2026', ''], ['03/12/2025', '01/01/2026'])).toEqual([])
  expect(check(['02/01/2026', ''], ['03/12/2025', '03/01/2026'])).toEqual([
    'PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED',
  ])
  expect(check(['', ''], ['03/12/2025', '03/01/2026'])).toEqual([])
  expect(check(['', ''], ['03/12/2025', ''])).toEqual(['PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED'])
})

test('only with the one directly before', () => {
  expect(check(['01/06/2025', '01/12/2025'], ['01/07/2025', '01/08/2025'], ['01/09/2025', ''])).toEqual(
    second,
  )
})

test('a tie stays as in the file; a single plan passes', () => {
  expect(check(['01/06/2025', '01/06/2025'], ['01/06/2025', ''])).toEqual([])
  expect(check(['01/06/2025', ''], ['01/06/2025', '01/06/2025'])).toEqual(second)
  expect(check(['01/06/2025', ''])).toEqual([])
})
