import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './503G.ts'

const authority = 'E10000030'
const known = postcodes({
  HOME: { authority, east: 0, north: 0 },
  'AA1 1AA': { authority, east: 8000, north: 0 },
  'AA2 2AA': { authority, east: 8161, north: 0 },
  'AA3 3AA': { authority, east: 8322, north: 0 },
})
const open = { DECOM: '01/05/2024', RNE: 'P', HOME_POST: 'HOME', PL_POST: 'AA1 1AA' }
const check = (before: Record<string, string>, now: Record<string, string>) =>
  findings(
    rule,
    child903({ Episodes: { ...open, ...now }, lastYear: { Episodes: { ...open, ...before } } }),
    { postcodes: known },
  )
const marked = ['Episodes 1 PL_DISTANCE']

test('0.2 miles more or less, not 0.1', () => {
  expect(check({}, { PL_POST: 'AA3 3AA' })).toEqual(marked)
  expect(check({ PL_POST: 'AA3 3AA' }, {})).toEqual(marked)
  expect(check({}, { PL_POST: 'AA2 2AA' })).toEqual([])
  expect(check({}, {})).toEqual([])
})

test('known only now differs, not known any more passes', () => {
  expect(check({ HOME_POST: '' }, {})).toEqual(marked)
  expect(check({}, { HOME_POST: '' })).toEqual([])
  expect(check({ PL_POST: 'ZZ1 1ZZ' }, { PL_POST: '' })).toEqual([])
})

test('neither the start nor how the episode began has to agree', () => {
  expect(check({ RNE: 'S' }, { PL_POST: 'AA3 3AA' })).toEqual(marked)
  expect(check({}, { DECOM: '01/05/2025', PL_POST: 'AA3 3AA' })).toEqual(marked)
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check({ DEC: '31/06/2024' }, { PL_POST: 'AA3 3AA' })).toEqual(marked)
  expect(check({ DEC: '30/06/2024' }, { PL_POST: 'AA3 3AA' })).toEqual([])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const further = { ...open, PL_POST: 'AA3 3AA' }
  const both = (before: Record<string, string>[], now: Record<string, string>[]) =>
    findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }), { postcodes: known })
  expect(both([open, further], [open, further])).toEqual([])
  expect(both([further, open], [open, further])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(findings(rule, child903({ Episodes: open }), { postcodes: known })).toEqual([])
  expect(findings(rule, child903({ lastYear: { Episodes: open } }), { postcodes: known })).toEqual([])
})
