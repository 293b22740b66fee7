import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './392b.ts'

const both = { HOME_POST: 'AA1 1AA', PL_POST: 'BB1 1BB' }
const check = (
  episode: Record<string, string>,
  more: Parameters<typeof child903>[0] = {},
  tables?: Set<string>,
) => findings(rule, child903({ Episodes: { ...both, ...episode }, ...more }), { tables })
const marked = ['Episodes 1 HOME_POST PL_POST']

test('one of the two is blank', () => {
  expect(check({})).toEqual([])
  expect(check({ HOME_POST: '' })).toEqual(marked)
  expect(check({ PL_POST: '' })).toEqual(marked)
})

test('short breaks pass, a blank legal status does not', () => {
  expect(check({ HOME_POST: '', LS: 'V3' })).toEqual([])
  expect(check({ HOME_POST: '', LS: 'V4' })).toEqual([])
  expect(check({ HOME_POST: '', LS: '' })).toEqual(marked)
})

test('unaccompanied now or last year passes', () => {
  expect(check({ HOME_POST: '' }, { Header: { UASC: '1' } })).toEqual([])
  expect(check({ HOME_POST: '' }, { lastYear: { Header: { UASC: '1' } } })).toEqual([])
  expect(check({ HOME_POST: '' }, { Header: { UASC: '0' }, lastYear: { Header: { UASC: '0' } } })).toEqual(
    marked,
  )
})

test('without a Header table the UASC table tells', () => {
  const tables = new Set(['Episodes', 'UASC'])
  const byTable = { Header: [], UASC: { DUC: '14/05/2030' } }
  expect(check({ HOME_POST: '' }, byTable, tables)).toEqual([])
  expect(check({ HOME_POST: '' }, { Header: [] }, tables)).toEqual(marked)
  expect(check({ HOME_POST: '' }, byTable)).toEqual(marked)
})
