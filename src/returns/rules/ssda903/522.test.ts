import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './522.ts'

const check = (DATE_PLACED: string, DATE_PLACED_CEASED: string) =>
  findings(rule, child903({ PlacedAdoption: { DATE_PLACED, DATE_PLACED_CEASED } }))

test('before it was made, not on the day', () => {
  expect(check('02/06/2025', '01/06/2025')).toEqual(['PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED'])
  expect(check('01/06/2025', '01/06/2025')).toEqual([])
  expect(check('01/06/2025', '02/06/2025')).toEqual([])
})

test('dates that are blank or none pass', () => {
  expect(check('', '01/06/2025')).toEqual([])
  expect(check('02/06/2025', '')).toEqual([])
  expect(check('02/06/2025', '31/04/2025')).toEqual([])
  expect(check('31/06/2025', '01/06/2025')).toEqual([])
})
