import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './565.ts'

const check = (MISSING: string, MIS_START: string) =>
  findings(rule, child903({ Missing: { MISSING, MIS_START } }))

test('a beginning, readable or not, and no type', () => {
  expect(check('', '01/05/2025')).toEqual(['Missing 1 MISSING MIS_START'])
  expect(check('', '31/06/2025')).toHaveLength(1)
})

test('any type, or no beginning, passes', () => {
  for (const type of ['M', 'A', 'X']) expect(check(type, '01/05/2025')).toEqual([])
  expect(check('', '')).toEqual([])
})
