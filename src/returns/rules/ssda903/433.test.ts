import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './433.ts'

const check = (DEC: string, DECOM: string, RNE = 'L') =>
  findings(
    rule,
    child903({
      Episodes: [
        { DECOM: '01/05/2025', DEC, RNE: 'S' },
        { DECOM, RNE },
      ],
    }),
  )
const marked = ['Episodes 2 RNE DECOM']

test.each(['P', 'L', 'T', 'U', 'B'])('%s begins another day', (RNE) => {
  expect(check('01/06/2025', '02/06/2025', RNE)).toEqual(marked)
  expect(check('01/06/2025', '31/05/2025', RNE)).toEqual(marked)
  expect(check('01/06/2025', '01/06/2025', RNE)).toEqual([])
})

test('dates that are blank or none fail', () => {
  expect(check('', '01/06/2025')).toEqual(marked)
  expect(check('31/06/2025', '01/07/2025')).toEqual(marked)
  expect(check('01/06/2025', '')).toEqual(marked)
  expect(check('31/06/2025', '31/06/2025')).toEqual(marked)
  expect(check('', '')).toEqual(marked)
})

test('a fresh start and a blank reason pass, and so does the first episode', () => {
  expect(check('01/06/2025', '02/06/2025', 'S')).toEqual([])
  expect(check('01/06/2025', '02/06/2025', '')).toEqual([])
  expect(findings(rule, child903({ Episodes: { DECOM: '01/05/2025', RNE: 'L' } }))).toEqual([])
})

const first = { DECOM: '01/05/2025', DEC: '01/06/2025', RNE: 'S' }
const child = (...Episodes: Record<string, string>[]) => child903({ Episodes })

test('of two that begin the same day the one that ends first stands first', () => {
  const [short, long] = [
    { DECOM: '01/06/2025', DEC: '01/06/2025', RNE: 'L' },
    { DECOM: '01/06/2025', DEC: '01/07/2025', RNE: 'P' },
  ]
  expect(findings(rule, child(first, long, short))).toEqual([])
  expect(findings(rule, child(long, short, first))).toEqual([])
})

test('of two that begin the same day an open one stands last', () => {
  const [open, closed] = [
    { DECOM: '01/06/2025', RNE: 'L' },
    { DECOM: '01/06/2025', DEC: '01/06/2025', RNE: 'P' },
  ]
  expect(findings(rule, child(first, open, closed))).toEqual([])
  expect(findings(rule, child(first, { ...open, DEC: '31/06/2025' }, closed))).toEqual([])
  expect(findings(rule, child(open, closed))).toEqual([])
  expect(findings(rule, child(first, { ...closed, DEC: '02/06/2025' }, open))).toEqual([
    'Episodes 3 RNE DECOM',
  ])
})
