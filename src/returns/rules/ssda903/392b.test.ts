import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './392b.ts'

const both = { HOME_POST: 'AA1 1AA', PL_POST: 'BB1 1BB' }
const check = (episode: Record<string, string>, more: Parameters<typeof child903>[0] = {}) =>
  findings(rule, child903({ Episodes: { ...both, ...episode }, ...more }))
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
  expect(check({ HOME_POST: '' }, { Header: [], UASC: { DUC: '14/05/2030' } })).toEqual([])
  expect(check({ HOME_POST: '' }, { Header: [] })).toEqual(marked)
})
