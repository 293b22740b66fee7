import { expect, test } from 'vitest'
import { child903, findings, providers } from '../testing.ts'
import rule from './227.ts'

const list = providers({ SC111111: { ended: '10/06/2025' }, SC222222: {}, XXXXXXX: { ended: '10/06/2025' } })
const check = (URN: string, DECOM: string) =>
  findings(rule, child903({ Episodes: { URN, DECOM } }), { providers: list })

test('on the day or after it', () => {
  expect(check('SC111111', '10/06/2025')).toEqual(['Episodes 1 URN DECOM'])
  expect(check('SC111111', '11/06/2025')).toHaveLength(1)
  expect(check('SC111111', '09/06/2025')).toEqual([])
})

test('still open, not on the list, seven Xs, blank', () => {
  for (const urn of ['SC222222', 'SC999999', 'XXXXXXX', '']) expect(check(urn, '11/06/2025')).toEqual([])
})

test('no readable date', () => {
  expect(check('SC111111', '')).toEqual([])
  expect(check('SC111111', '31/06/2025')).toEqual([])
})
