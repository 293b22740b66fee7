import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './566.ts'

const check = (MISSING: string, MIS_END: string) =>
  findings(rule, child903({ Missing: { MISSING, MIS_END } }))

test('an end, readable or not, and no type', () => {
  expect(check('', '01/05/2025')).toEqual(['Missing 1 MISSING MIS_END'])
  expect(check('', '31/06/2025')).toHaveLength(1)
})

test('any type, or no end, passes', () => {
  for (const type of ['M', 'A', 'X']) expect(check(type, '01/05/2025')).toEqual([])
  expect(check('', '')).toEqual([])
})
