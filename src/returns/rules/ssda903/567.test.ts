import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './567.ts'

const check = (MIS_START: string, MIS_END: string) =>
  findings(rule, child903({ Missing: { MIS_START, MIS_END } }))

test('ends before it begins, not on the day', () => {
  expect(check('02/05/2025', '01/05/2025')).toEqual(['Missing 1 MIS_START MIS_END'])
  expect(check('01/05/2025', '01/05/2025')).toEqual([])
})

test('dates that are blank or none pass', () => {
  expect(check('', '01/05/2025')).toEqual([])
  expect(check('02/05/2025', '')).toEqual([])
  expect(check('02/05/2025', '31/04/2025')).toEqual([])
  expect(check('31/06/2025', '01/05/2025')).toEqual([])
})
