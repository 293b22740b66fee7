import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './612.ts'

const check = (header: Record<string, string>, year = '2025-26') =>
  findings(rule, child903({ Header: { SEX: 'F', MC_DOB: '01/09/2025', ...header } }), { year })

test.each(['0', ''])('mother is "%s", and there is a date', (MOTHER) => {
  expect(check({ MOTHER })).toEqual(['Header 1 SEX MOTHER MC_DOB'])
})

test('a mother, or no date; what is no real date is filled in', () => {
  expect(check({ MOTHER: '1' })).toEqual([])
  expect(check({ MOTHER: '0', MC_DOB: '' })).toEqual([])
  expect(check({ MOTHER: '0', MC_DOB: '31/09/2025' })).toHaveLength(1)
})

test.each([
  ['2023-24', '2', 1],
  ['2023-24', 'F', 0],
  ['2024-25', 'F', 1],
  ['2024-25', '2', 0],
  ['2024-25', 'M', 0],
  ['2024-25', '', 0],
])('in %s with sex "%s"', (year, SEX, howMany) => {
  expect(check({ SEX }, year)).toHaveLength(howMany)
})
