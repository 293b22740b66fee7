import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './445.ts'

const check = (LS: string, DECOM: string) =>
  findings(rule, child903({ Episodes: { LS, DECOM } }), { year: '2023-24' })

test('after the end of 2005', () => {
  expect(check('D1', '01/01/2006')).toEqual(['Episodes 1 LS DECOM'])
  expect(check('D1', '31/12/2005')).toEqual([])
})

test('other legal statuses, and no readable start, pass', () => {
  expect(check('E1', '01/01/2006')).toEqual([])
  expect(check('', '01/01/2006')).toEqual([])
  expect(check('D1', '')).toEqual([])
  expect(check('D1', '30/02/2006')).toEqual([])
})
