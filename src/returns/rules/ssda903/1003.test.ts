import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1003.ts'

const check = (DATE_PLACED: string, ...Episodes: Record<string, string>[]) =>
  findings(rule, child903({ PlacedAdoption: { DATE_PLACED }, Episodes }))
const start = { DECOM: '10/05/2025', RNE: 'S' }

test('decided before care began, not on the day', () => {
  expect(check('09/05/2025', start)).toEqual(['PlacedAdoption 1 DATE_PLACED, Episodes 1 DECOM RNE'])
  expect(check('10/05/2025', start)).toEqual([])
})

test('the first start counts, on a tie the earlier in the file', () => {
  const episodes = [{ DECOM: '01/01/2026', RNE: 'S' }, { DECOM: '01/05/2025', RNE: 'P' }, start, start]
  expect(check('09/05/2025', ...episodes)).toEqual(['PlacedAdoption 1 DATE_PLACED, Episodes 3 DECOM RNE'])
  expect(check('10/05/2025', ...episodes)).toEqual([])
})

test('no readable date of the decision or of the start', () => {
  expect(check('', start)).toEqual([])
  expect(check('31/04/2025', start)).toEqual([])
  expect(check('09/05/2025', { DECOM: '', RNE: 'S' }, { DECOM: '32/05/2025', RNE: 'S' })).toEqual([])
})

test('care began in an earlier year', () => {
  expect(check('09/05/2025', { DECOM: '10/05/2025', RNE: 'P' })).toEqual([])
  expect(check('09/05/2025')).toEqual([])
})

test('each decision is told', () => {
  const PlacedAdoption = [{ DATE_PLACED: '09/05/2025' }, { DATE_PLACED: '08/05/2025' }]
  expect(findings(rule, child903({ PlacedAdoption, Episodes: start }))).toHaveLength(2)
})
