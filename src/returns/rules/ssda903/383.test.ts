import { expect, test } from 'vitest'
import { versionIn } from '../rule.ts'
import { child903, findings } from '../testing.ts'
import rule from './383.ts'

const usual = { DECOM: '01/05/2025', RNE: 'S', PLACE: 'U1', PL_POST: 'AA1 1AA' }
const away = { DECOM: '01/06/2025', RNE: 'P', PLACE: 'T1', PL_POST: 'BB1 1BB' }
const back = { DECOM: '10/06/2025', RNE: 'P', PLACE: 'U1', PL_POST: 'AA1 1AA' }
const child = (...Episodes: Record<string, string>[]) => child903({ Episodes })

test('back in the same placement passes', () => {
  expect(findings(rule, child(usual, away, back))).toEqual([])
})

test('another placement, another reason, or blanks on both sides', () => {
  const marked = ['Episodes 3 PLACE RNE PL_POST']
  expect(findings(rule, child(usual, away, { ...back, PLACE: 'U2' }))).toEqual(marked)
  expect(findings(rule, child(usual, away, { ...back, RNE: 'B' }))).toEqual(marked)
  expect(findings(rule, child({ ...usual, PLACE: '' }, away, { ...back, PLACE: '' }))).toEqual(marked)
})

test('the postcode counts from 2025-26', () => {
  const elsewhere = child(usual, away, { ...back, PL_POST: 'CC1 1CC' })
  expect(findings(rule, elsewhere)).toHaveLength(1)
  expect(findings(rule, elsewhere, { year: '2024-25' })).toEqual([])
})

test('until 2024-25 only the placement is marked', () => {
  const other = child(usual, away, { ...back, PLACE: 'U2' })
  expect(findings(rule, other, { year: '2024-25' })).toEqual(['Episodes 3 PLACE'])
})

test('nothing before the temporary placement, or no temporary placement', () => {
  expect(findings(rule, child(away, { ...back, PLACE: 'U2' }))).toEqual([])
  expect(findings(rule, child(usual, { ...away, PLACE: 'U3' }, { ...back, PLACE: 'U2' }))).toEqual([])
})

test('the message speaks of the postcode where it counts', () => {
  expect(versionIn(rule, '2025-26')!.message).toMatch(/postcode/)
  expect(versionIn(rule, '2024-25')!.message).not.toMatch(/postcode/)
})
