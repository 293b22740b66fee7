import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './432.ts'

const check = (REC: string, RNE: string, DECOM = '01/06/2025') =>
  findings(
    rule,
    child903({
      Episodes: [
        { DECOM: '01/05/2025', DEC: '01/06/2025', REC },
        { DECOM, RNE },
      ],
    }),
  )
const marked = ['Episodes 2 RNE']

test.each([
  'E2',
  'E3',
  'E4A',
  'E4B',
  'E5',
  'E6',
  'E7',
  'E8',
  'E9',
  'E11',
  'E12',
  'E13',
  'E14',
  'E15',
  'E16',
  'E17',
  'E41',
  'E45',
  'E46',
  'E47',
  'E48',
])('care ended with %s', (REC) => {
  expect(check(REC, 'L')).toEqual(marked)
  expect(check(REC, 'S')).toEqual([])
})

test('a blank reason for the new episode fails, and the gap does not matter', () => {
  expect(check('E3', '')).toEqual(marked)
  expect(check('E3', 'P', '01/02/2026')).toEqual(marked)
  expect(check('E3', 'P', '')).toEqual(marked)
})

test('care went on, or the code is none', () => {
  for (const REC of ['X1', '', 'E1', 'E10', 'E99']) expect(check(REC, 'L')).toEqual([])
})

test('the first episode passes', () => {
  expect(findings(rule, child903({ Episodes: { REC: 'E3', RNE: 'L' } }))).toEqual([])
})
