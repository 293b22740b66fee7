import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW09STG2.ts'

const check = (SW_DECOM: string, SW_DEC: string) =>
  findings(rule, child903({ SWEpisodes: { SW_DECOM, SW_DEC } }))

test('on the same day, not on the next', () => {
  expect(check('01/06/2025', '01/06/2025')).toEqual(['SWEpisodes 1 SW_DECOM SW_DEC'])
  expect(check('01/06/2025', '02/06/2025')).toEqual([])
})

test('two blanks, or one, pass', () => {
  expect(check('', '')).toEqual([])
  expect(check('01/06/2025', '')).toEqual([])
})

test('what is no date is compared as it was typed', () => {
  expect(check('31/06/2025', '31/06/2025')).toHaveLength(1)
  expect(check('31/06/2025', '31/09/2025')).toEqual([])
  expect(check('31/06/2025', '')).toEqual([])
})
