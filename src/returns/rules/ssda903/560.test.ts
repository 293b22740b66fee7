import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './560.ts'

type Plans = Record<string, string>[]
const check = (now: Plans, before: Plans) =>
  findings(rule, child903({ PlacedAdoption: now, lastYear: { PlacedAdoption: before } }))
const marked = ['PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED']
const may = { DATE_PLACED: '01/05/2024' }
const june = { DATE_PLACED: '01/06/2024' }

test('another date than last year, or none', () => {
  expect(check([june], [may])).toEqual(marked)
  expect(check([{}], [may])).toEqual(marked)
  expect(check([may], [may])).toEqual([])
})

test('last year’s plan had ended, or had no date', () => {
  expect(check([june], [{ ...may, DATE_PLACED_CEASED: '01/07/2024' }])).toEqual([])
  expect(check([june], [{ ...may, DATE_PLACED_CEASED: '31/06/2024' }])).toEqual([])
  expect(check([june], [{ ...may, REASON_PLACED_CEASED: 'RD1' }])).toEqual(marked)
  expect(check([june], [{}])).toEqual([])
})

test('each plan is compared with each', () => {
  expect(check([may, june], [may])).toEqual(['PlacedAdoption 2 DATE_PLACED DATE_PLACED_CEASED'])
  expect(check([may], [may, june])).toEqual(marked)
})

test('dates that are none are compared as they were typed', () => {
  expect(check([{ DATE_PLACED: '31/06/2024' }], [{ DATE_PLACED: '31/06/2024' }])).toEqual([])
  expect(check([{ DATE_PLACED: '32/06/2024' }], [{ DATE_PLACED: '31/06/2024' }])).toEqual(marked)
})

test('a child that was not there last year passes', () => {
  expect(check([may], [])).toEqual([])
})
