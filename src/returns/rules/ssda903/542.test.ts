import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './542.ts'

const check = (DOB: string, CONVICTED: string) => findings(rule, child903({ OC2: { DOB, CONVICTED } }))

test('10 after 31 March, not on it', () => {
  expect(check('01/04/2016', '0')).toEqual(['OC2 1 CONVICTED'])
  expect(check('31/03/2016', '0')).toEqual([])
})

test('any value counts, a blank passes', () => {
  expect(check('01/04/2016', '1')).toHaveLength(1)
  expect(check('01/04/2016', 'X')).toHaveLength(1)
  expect(check('01/04/2016', '')).toEqual([])
})

test('born on 29 February', () => {
  expect(check('29/02/2016', '0')).toEqual([])
})

test('no readable date of birth passes', () => {
  expect(check('', '0')).toEqual([])
  expect(check('31/04/2020', '0')).toEqual([])
})

test('the date of birth is that of the row', () => {
  const child = child903({ Header: { DOB: '14/05/2020' }, OC2: { DOB: '14/05/2012', CONVICTED: '0' } })
  expect(findings(rule, child)).toEqual([])
})
