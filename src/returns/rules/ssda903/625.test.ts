import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './625.ts'

const child = (MC_DOB: string, ...Episodes: Record<string, string>[]) =>
  child903({ Header: { MC_DOB }, Episodes })
const check = (...given: Parameters<typeof child>) => findings(rule, child(...given))
const left = { DECOM: '01/05/2024', DEC: '01/09/2025' }
const open = { DECOM: '01/05/2024' }

test('born after she left care, not on that day', () => {
  expect(check('02/09/2025', left)).toEqual(['Header 1 MC_DOB, Episodes 1 DEC'])
  expect(check('01/09/2025', left)).toEqual([])
})

test('still in care: by the end of the year', () => {
  expect(check('01/04/2026', open)).toEqual(['Header 1 MC_DOB, Episodes 1 DEC'])
  expect(check('31/03/2026', open)).toEqual([])
  expect(check('31/03/2026', { ...open, DEC: '31/09/2025' })).toEqual([])
})

test('the latest episode is told by when it began', () => {
  const endsLater = { DECOM: '01/04/2024', DEC: '01/12/2025' }
  expect(check('01/10/2025', endsLater, left)).toEqual(['Header 1 MC_DOB, Episodes 2 DEC'])
  expect(check('01/10/2025', left, { DECOM: '01/09/2025' })).toEqual([])
})

test('on a tie it is the first in the file', () => {
  expect(check('02/09/2025', left, open)).toHaveLength(1)
  expect(check('02/09/2025', open, left)).toEqual([])
})

test('without an episode that has a date only the end of the year counts', () => {
  expect(check('01/04/2026')).toEqual(['Header 1 MC_DOB'])
  expect(check('31/03/2026')).toEqual([])
  expect(check('02/09/2025', { DEC: '01/09/2025' })).toEqual([])
})

test('a blank or unreadable date of birth passes', () => {
  expect(check('', left)).toEqual([])
  expect(check('31/09/2025', left)).toEqual([])
})
