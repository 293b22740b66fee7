import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './334.ts'

const check = (DATE_INT: string, ...Episodes: Record<string, string>[]) =>
  findings(rule, child903({ AD1: { DATE_INT }, Episodes }))
const [first, again, later] = [
  { DECOM: '01/05/2023', RNE: 'S' },
  { DECOM: '01/05/2024', RNE: 'S' },
  { DECOM: '01/05/2025', RNE: 'P' },
]

test('before care last began, not on the day', () => {
  expect(check('30/04/2024', again, first, later)).toEqual(['AD1 1 DATE_INT, Episodes 1 DECOM RNE'])
  expect(check('01/05/2024', again, first, later)).toEqual([])
})

test('on a tie the start that is earlier in the file is told', () => {
  expect(check('30/04/2024', first, again, again)).toEqual(['AD1 1 DATE_INT, Episodes 2 DECOM RNE'])
})

test('no readable decision, or no readable start', () => {
  expect(check('', again)).toEqual([])
  expect(check('31/04/2024', again)).toEqual([])
  expect(check('30/04/2024', later)).toEqual([])
  expect(check('30/04/2024', { DECOM: '', RNE: 'S' })).toEqual([])
  expect(check('30/04/2024', { DECOM: '32/05/2024', RNE: 'S' })).toEqual([])
})
