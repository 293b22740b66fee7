import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1011.ts'

const check = (Episodes: Record<string, string>[], OC3: Record<string, string> = { IN_TOUCH: 'YES' }) =>
  findings(rule, child903({ OC3, Episodes }))
const marked = ['OC3 1 IN_TOUCH ACTIV ACCOM']
const takenOver = { DECOM: '01/06/2025', REC: 'E3' }

test('taken over in the end', () => {
  expect(check([takenOver])).toEqual(marked)
  expect(check([{ ...takenOver, REC: 'E4A' }])).toEqual([])
  expect(check([{ ...takenOver, REC: '' }])).toEqual([])
})

test('an earlier episode does not matter; on a tie the first in the file counts', () => {
  expect(check([takenOver, { DECOM: '02/06/2025', REC: 'E4A' }])).toEqual([])
  expect(check([takenOver, { DECOM: '01/06/2025', REC: 'E4A' }])).toEqual(marked)
  expect(check([{ DECOM: '01/06/2025', REC: 'E4A' }, takenOver])).toEqual([])
})

test('an episode without a readable start does not count', () => {
  expect(check([{ DECOM: '', REC: 'E3' }])).toEqual([])
  expect(check([takenOver, { DECOM: '32/06/2025', REC: 'X1' }])).toEqual(marked)
})

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s is enough', (field) => {
  expect(check([takenOver], { [field]: '0' })).toEqual(marked)
})

test('no details, no episode', () => {
  expect(check([takenOver], {})).toEqual([])
  expect(check([])).toEqual([])
})
