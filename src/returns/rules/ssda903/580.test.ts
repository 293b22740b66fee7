import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './580.ts'

const child = (
  MIS_END: string,
  { DOB = '14/05/2007', DEC = '14/05/2025', REC = 'E7' }: Record<string, string> = {},
) => child903({ Missing: { DOB, MISSING: 'A', MIS_END }, Episodes: { DEC, REC } })
const check = (...given: Parameters<typeof child>) => findings(rule, child(...given))

test.each(['E7', 'X1', ''])('missing up to the 18th birthday, when care ended with "%s"', (REC) => {
  expect(check('14/05/2025', { REC })).toEqual(['Episodes 1 REC'])
})

test('E8 passes', () => {
  expect(check('14/05/2025', { REC: 'E8' })).toEqual([])
})

test('one of the three on another day', () => {
  expect(check('13/05/2025')).toEqual([])
  expect(check('14/05/2025', { DEC: '13/05/2025' })).toEqual([])
  expect(check('14/05/2025', { DOB: '15/05/2007' })).toEqual([])
})

test('born on 29 February: the birthday is 28 February', () => {
  expect(check('28/02/2026', { DOB: '29/02/2008', DEC: '28/02/2026' })).toHaveLength(1)
  expect(check('01/03/2026', { DOB: '29/02/2008', DEC: '01/03/2026' })).toEqual([])
})

test('a blank or unreadable date passes', () => {
  expect(check('')).toEqual([])
  expect(check('', { DEC: '' })).toEqual([])
  expect(check('31/04/2025', { DEC: '31/04/2025', DOB: '31/04/2007' })).toEqual([])
  expect(check('14/05/2025', { DOB: '' })).toEqual([])
})

test('any time missing with any episode', () => {
  const several = child903({
    Missing: [
      { DOB: '14/05/2007', MIS_END: '01/05/2025' },
      { DOB: '14/05/2007', MIS_END: '14/05/2025' },
    ],
    Episodes: [
      { DECOM: '01/04/2025', DEC: '01/05/2025', REC: 'X1' },
      { DECOM: '01/05/2025', DEC: '14/05/2025', REC: 'E7' },
    ],
  })
  expect(findings(rule, several)).toEqual(['Episodes 2 REC'])
})
