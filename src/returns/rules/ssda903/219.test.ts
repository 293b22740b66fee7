import { expect, test } from 'vitest'
import { child903, findings, providers } from '../testing.ts'
import rule from './219.ts'

const list = providers({ SC111111: { placement: 'K1 K2' }, SC222222: {} })
const check = (URN: string, PLACE: string) =>
  findings(rule, child903({ Episodes: { URN, PLACE } }), { providers: list })
const marked = ['Episodes 1 URN PLACE']

test('one of the types of the provider', () => {
  expect(check('SC111111', 'K1')).toEqual([])
  expect(check('SC111111', 'K2')).toEqual([])
  expect(check('SC111111', 'U1')).toEqual(marked)
})

test('no placement type, none on the list, or no such provider', () => {
  expect(check('SC111111', '')).toEqual(marked)
  expect(check('SC222222', 'K2')).toEqual(marked)
  expect(check('SC999999', 'K2')).toEqual(marked)
})

test('no URN, or seven Xs', () => {
  expect(check('', 'U1')).toEqual([])
  expect(check('XXXXXXX', 'U1')).toEqual([])
})
