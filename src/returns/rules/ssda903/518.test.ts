import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './518.ts'

const check = (LS_ADOPTR: string, SEX_ADOPTR: string) =>
  findings(rule, child903({ AD1: { LS_ADOPTR, SEX_ADOPTR } }))

test('of all codes for the adopters’ sex, and a blank, which pass', () => {
  expect(['M1', 'F1', 'MM', 'FF', 'MF', ''].filter((sex) => check('L4', sex).length === 0)).toEqual([
    'MM',
    'FF',
  ])
  expect(check('L4', '')).toEqual(['AD1 1 LS_ADOPTR SEX_ADOPTR'])
})

test('adopters of another legal status pass', () => {
  for (const LS_ADOPTR of ['L0', 'L11', 'L12', 'L2', 'L3', '']) expect(check(LS_ADOPTR, '')).toEqual([])
})
