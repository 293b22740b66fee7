import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './391.ts'

const check = (DOB: string, oc3: Record<string, string> = { IN_TOUCH: 'YES' }) =>
  findings(rule, child903({ OC3: { DOB, ...oc3 } }))

test('17 after the last day, not on it', () => {
  expect(check('01/04/2009')).toEqual(['OC3 1 DOB IN_TOUCH ACTIV ACCOM'])
  expect(check('31/03/2009')).toEqual([])
})

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s is enough', (field) => {
  expect(check('01/04/2009', { [field]: '0' })).toHaveLength(1)
})

test('no details, or no date of birth', () => {
  expect(check('01/04/2009', {})).toEqual([])
  expect(check('')).toEqual([])
  expect(check('32/04/2009')).toEqual([])
})

test('there is no upper age', () => {
  expect(check('01/04/1990')).toEqual([])
})
