import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './355.ts'

const check = (DECOM: string, DEC: string) => findings(rule, child903({ Episodes: { DECOM, DEC } }))

test('the same day', () => {
  expect(check('02/05/2025', '02/05/2025')).toEqual(['Episodes 1 DECOM DEC'])
  expect(check('02/05/2025', '03/05/2025')).toEqual([])
})

test('two blanks, one blank, and the same unreadable text pass', () => {
  expect(check('', '')).toEqual([])
  expect(check('02/05/2025', '')).toEqual([])
  expect(check('31/04/2025', '31/04/2025')).toEqual([])
})
