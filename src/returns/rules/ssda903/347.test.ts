import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './347.ts'

const check = (DOB: string, ACCOM = 'T1') => findings(rule, child903({ OC3: { DOB, ACCOM } }))

test('18 after the first day, not on it', () => {
  expect(check('02/04/2007')).toEqual(['OC3 1 ACCOM DOB'])
  expect(check('02/04/2007', 'T2')).toHaveLength(1)
  expect(check('01/04/2007')).toEqual([])
})

test('other accommodation, or no date of birth', () => {
  expect(check('02/04/2007', 'U1')).toEqual([])
  expect(check('02/04/2007', 'T')).toEqual([])
  expect(check('02/04/2007', '')).toEqual([])
  expect(check('')).toEqual([])
})
