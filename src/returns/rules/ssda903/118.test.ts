import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './118.ts'

const check = (DATE_PLACED_CEASED: string, ...Episodes: Record<string, string>[]) =>
  findings(rule, child903({ PlacedAdoption: { DATE_PLACED_CEASED }, Episodes }))
const marked = (episode: number) => [`PlacedAdoption 1 DATE_PLACED_CEASED, Episodes ${episode} DECOM LS`]

test('before the first day, not on it', () => {
  const early = { DECOM: '01/01/2020', LS: 'E1' }
  expect(check('31/03/2025', early)).toEqual(marked(1))
  expect(check('01/04/2025', early)).toEqual([])
})

test('before care began, not on the day', () => {
  const late = { DECOM: '10/05/2025', LS: 'C2' }
  expect(check('09/05/2025', late)).toEqual(marked(1))
  expect(check('10/05/2025', late)).toEqual([])
})

test('the first episode counts that is no short break; a blank legal status is none', () => {
  const start = { DECOM: '10/05/2025', LS: '' }
  const breaks = [
    { DECOM: '01/01/2020', LS: 'V3' },
    { DECOM: '01/02/2020', LS: 'V4' },
  ]
  expect(check('09/05/2025', ...breaks, start, { DECOM: '10/05/2025', LS: 'C2' })).toEqual(marked(3))
  expect(check('09/05/2025', ...breaks)).toEqual([])
  expect(check('31/03/2025', ...breaks)).toEqual([])
})

test('no readable date of the reversal or of the start', () => {
  expect(check('', { DECOM: '10/05/2025' })).toEqual([])
  expect(check('32/03/2025', { DECOM: '10/05/2025' })).toEqual([])
  expect(check('31/03/2025', { DECOM: '' }, { DECOM: '32/05/2025' })).toEqual([])
  expect(check('31/03/2025')).toEqual([])
})
