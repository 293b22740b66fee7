import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './142.ts'

const check = (...Episodes: Record<string, string>[]) => findings(rule, child903({ Episodes }))
const later = { DECOM: '01/06/2025' }
const earlier = { DECOM: '01/05/2025', DEC: '01/06/2025', REC: 'X1' }

test('an earlier episode without end, readable end or reason', () => {
  expect(check(later, earlier)).toEqual([])
  expect(check(later, { ...earlier, DEC: '' })).toEqual(['Episodes 2 DEC REC'])
  expect(check(later, { ...earlier, DEC: '31/06/2025' })).toHaveLength(1)
  expect(check(later, { ...earlier, REC: '' })).toHaveLength(1)
})

test('the only episode may be open', () => {
  expect(check(later)).toEqual([])
})

test('on a tie the later in the file is the last', () => {
  expect(check(later, later)).toEqual(['Episodes 1 DEC REC'])
})

test('episodes without a readable start neither fail nor are the last', () => {
  expect(check(earlier, later, { DECOM: '' }, { DECOM: '31/06/2025' })).toEqual([])
  expect(check(earlier, later, { DECOM: '31/06/2025' })).toEqual([])
})
