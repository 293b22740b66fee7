import { expect, test } from 'vitest'
import { child903, findings, providers } from '../testing.ts'
import rule from './224.ts'

const list = providers({ SC111111: { provider: 'PR4 PR5' }, SC222222: {} })
const check = (URN: string, PLACE_PROVIDER: string) =>
  findings(rule, child903({ Episodes: { URN, PLACE_PROVIDER } }), { providers: list })
const marked = ['Episodes 1 PLACE_PROVIDER']

test('one of the kinds of the provider', () => {
  expect(check('SC111111', 'PR4')).toEqual([])
  expect(check('SC111111', 'PR5')).toEqual([])
  expect(check('SC111111', 'PR1')).toEqual(marked)
})

test('blank, none on the list, or no such provider', () => {
  expect(check('SC111111', '')).toEqual(marked)
  expect(check('SC222222', 'PR4')).toEqual(marked)
  expect(check('SC999999', 'PR4')).toEqual(marked)
})

test('no URN, or seven Xs', () => {
  expect(check('', 'PR1')).toEqual([])
  expect(check('XXXXXXX', 'PR1')).toEqual([])
})
