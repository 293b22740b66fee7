import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './446.ts'

const check = (LS: string, DECOM: string) => findings(rule, child903({ Episodes: { LS, DECOM } }))

test('before December 2005', () => {
  expect(check('E1', '30/11/2005')).toEqual(['Episodes 1 LS DECOM'])
  expect(check('E1', '01/12/2005')).toEqual([])
})

test('other legal statuses, and no readable start, pass', () => {
  expect(check('D1', '30/11/2005')).toEqual([])
  expect(check('', '30/11/2005')).toEqual([])
  expect(check('E1', '')).toEqual([])
  expect(check('E1', '31/11/2005')).toEqual([])
})
