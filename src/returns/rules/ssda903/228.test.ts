import { expect, test } from 'vitest'
import { child903, findings, providers } from '../testing.ts'
import rule from './228.ts'

const list = providers({
  SC111111: { ended: '10/06/2025' },
  SC222222: {},
  SC333333: { ended: '31/03/2026' },
  SC444444: { ended: '30/03/2026' },
  XXXXXXX: { ended: '10/06/2025' },
})
const check = (URN: string, DEC: string) =>
  findings(rule, child903({ Episodes: { URN, DEC } }), { providers: list })

test('after the day, not on it', () => {
  expect(check('SC111111', '11/06/2025')).toEqual(['Episodes 1 URN DEC'])
  expect(check('SC111111', '10/06/2025')).toEqual([])
})

test('an open episode goes on until 31 March', () => {
  expect(check('SC444444', '')).toHaveLength(1)
  expect(check('SC333333', '')).toEqual([])
})

test('an unreadable end passes', () => {
  expect(check('SC111111', '31/06/2025')).toEqual([])
})

test('still open, not on the list, seven Xs, blank', () => {
  for (const urn of ['SC222222', 'SC999999', 'XXXXXXX', '']) expect(check(urn, '')).toEqual([])
})
