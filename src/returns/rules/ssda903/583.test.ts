import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './583.ts'

const check = (...plans: [DATE_PLACED: string, DATE_PLACED_CEASED: string][]) =>
  findings(
    rule,
    child903({
      PlacedAdoption: plans.map(([DATE_PLACED, DATE_PLACED_CEASED]) => ({ DATE_PLACED, DATE_PLACED_CEASED })),
    }),
  )
const marked = (row: number) => `PlacedAdoption ${row} DATE_PLACED DATE_PLACED_CEASED`

test('every plan but the latest is to be ended', () => {
  expect(check(['01/06/2025', ''], ['01/07/2025', ''], ['01/08/2025', ''])).toEqual([marked(1), marked(2)])
  expect(check(['01/06/2025', '01/07/2025'], ['01/08/2025', ''])).toEqual([])
  expect(check(['01/06/2025', '01/07/2025'], ['01/08/2025', '01/09/2025'])).toEqual([])
})

test('the latest is told by real dates, across months and years', () => {
  expect(check(['31/12/2024', ''], ['01/02/2025', ''])).toEqual([marked(1)])
})

test('on a tie the latest is the first in the file', () => {
  expect(check(['01/06/2025', ''], ['01/06/2025', ''])).toEqual([marked(2)])
})

test('an end that is no date is filled in', () => {
  expect(check(['01/06/2025', '31/06/2025'], ['01/08/2025', ''])).toEqual([])
})

test('a single plan, and one without a readable date, pass', () => {
  expect(check(['01/06/2025', ''])).toEqual([])
  expect(check(['', ''], ['01/08/2025', ''])).toEqual([])
  expect(check(['31/06/2025', ''], ['01/08/2025', ''])).toEqual([])
})
