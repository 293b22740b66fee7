import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './406.ts'

const known = postcodes({
  'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
  'BB1 1BB': { authority: 'E10000030', east: 3000, north: 4000 },
})
const both = { HOME_POST: 'AA1 1AA', PL_POST: 'BB1 1BB' }
const check = (
  now: Parameters<typeof child903>[0],
  last: Parameters<typeof child903>[0] = {},
  { episode = both, tables }: { episode?: Record<string, string>; tables?: Set<string> } = {},
) => findings(rule, child903({ ...now, Episodes: episode, lastYear: last }), { postcodes: known, tables })
const [uasc, other] = [{ Header: { UASC: '1' } }, { Header: { UASC: '0' } }]
const marked = ['Episodes 1 PL_DISTANCE']

test('unaccompanied this year or last', () => {
  expect(check(uasc, other)).toEqual(marked)
  expect(check(other, uasc)).toEqual(marked)
  expect(check(other, other)).toEqual([])
  expect(check(other)).toEqual([])
})

test('no distance: a postcode is missing or is none', () => {
  expect(check(uasc, {}, { episode: { ...both, HOME_POST: '' } })).toEqual([])
  expect(check(uasc, {}, { episode: { ...both, PL_POST: '' } })).toEqual([])
  expect(check(uasc, {}, { episode: { ...both, HOME_POST: 'ZZ1 1ZZ' } })).toEqual([])
})

test('no miles at all are a distance', () => {
  expect(check(uasc, {}, { episode: { ...both, PL_POST: 'AA1 1AA' } })).toEqual(marked)
})

test('without a Header table the UASC table tells, in either year', () => {
  const byTable = { Header: [], UASC: { DUC: '14/05/2030' } }
  const tables = new Set(['Episodes', 'UASC', 'UASC_last'])
  expect(check(byTable, {}, { tables })).toEqual(marked)
  expect(check({}, byTable, { tables })).toEqual(marked)
  expect(check({ Header: [], UASC: { DOB: '' } }, {}, { tables })).toEqual([])
})

test('a child of the UASC table who is not in the Header is not marked', () => {
  const notInHeader = { Header: [], UASC: { DUC: '14/05/2030' } }
  expect(check(notInHeader)).toEqual([])
  expect(check(other, notInHeader)).toEqual([])
})

test('short breaks are not let off', () => {
  const child = child903({ ...uasc, Episodes: { ...both, LS: 'V3' } })
  expect(findings(rule, child, { postcodes: known })).toEqual(marked)
})
