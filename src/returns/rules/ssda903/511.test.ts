import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './511.ts'

const check = (NB_ADOPTR: string, SEX_ADOPTR: string) =>
  findings(rule, child903({ AD1: { NB_ADOPTR, SEX_ADOPTR } }))

test('two adopters and the sex of one', () => {
  expect(check('2', 'M1')).toEqual(['AD1 1 NB_ADOPTR SEX_ADOPTR'])
  expect(check('2', 'F1')).toHaveLength(1)
})

test('the sex of two, another code or none passes', () => {
  for (const sex of ['MM', 'FF', 'MF', 'XX', '']) expect(check('2', sex)).toEqual([])
})

test('one adopter passes, and so does a number that is not said', () => {
  expect(check('1', 'M1')).toEqual([])
  expect(check('', 'M1')).toEqual([])
})
