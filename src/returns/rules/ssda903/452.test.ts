import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './452.ts'

const known = postcodes({
  'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
  'AA2 2AA': { authority: 'E10000030', east: 9000, north: 0 },
  'BB1 1BB': { authority: 'E10000031', east: 0, north: 0 },
})
const open = { DECOM: '01/05/2024', RNE: 'P', PL_POST: 'AA1 1AA' }
const check = (before: Record<string, string>, now: Record<string, string>) =>
  findings(
    rule,
    child903({ Episodes: { ...open, ...now }, lastYear: { Episodes: { ...open, ...before } } }),
    { postcodes: known },
  )
const marked = ['Episodes 1 PL_LA']

test('another authority than in the episode left open', () => {
  expect(check({}, { PL_POST: 'BB1 1BB' })).toEqual(marked)
  expect(check({}, { PL_POST: 'AA2 2AA' })).toEqual([])
})

test('an authority that is not known differs from one that is, and two of them are the same', () => {
  expect(check({}, { PL_POST: '' })).toEqual(marked)
  expect(check({ PL_POST: 'ZZ1 1ZZ' }, {})).toEqual(marked)
  expect(check({ PL_POST: 'ZZ1 1ZZ' }, { PL_POST: '' })).toEqual([])
})

test('only with the same reason for the episode; two blanks are not the same', () => {
  expect(check({ RNE: 'S' }, { PL_POST: 'BB1 1BB' })).toEqual([])
  expect(check({ RNE: '' }, { RNE: '', PL_POST: 'BB1 1BB' })).toEqual([])
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check({ DEC: '31/06/2024' }, { PL_POST: 'BB1 1BB' })).toEqual(marked)
  expect(check({ DEC: '30/06/2024' }, { PL_POST: 'BB1 1BB' })).toEqual([])
})

test('the start may differ; without a readable one there is no first episode', () => {
  expect(check({}, { DECOM: '01/05/2025', PL_POST: 'BB1 1BB' })).toEqual(marked)
  expect(check({}, { DECOM: '', PL_POST: 'BB1 1BB' })).toEqual([])
  expect(check({ DECOM: '' }, { PL_POST: 'BB1 1BB' })).toEqual([])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const elsewhere = { ...open, PL_POST: 'BB1 1BB' }
  const both = (before: Record<string, string>[], now: Record<string, string>[]) =>
    findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }), { postcodes: known })
  expect(both([open, elsewhere], [open, elsewhere])).toEqual([])
  expect(both([elsewhere, open], [open, elsewhere])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(findings(rule, child903({ Episodes: open }), { postcodes: known })).toEqual([])
  expect(findings(rule, child903({ lastYear: { Episodes: open } }), { postcodes: known })).toEqual([])
})
