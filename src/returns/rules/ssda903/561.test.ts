import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './561.ts'

type Plans = Record<string, string>[]
const check = (now: Plans, before: Plans) =>
  findings(rule, child903({ PlacedAdoption: now, lastYear: { PlacedAdoption: before } }))
const marked = ['PlacedAdoption 1 DATE_PLACED']
const may = { DATE_PLACED: '01/05/2024' }
const ended = { ...may, DATE_PLACED_CEASED: '01/07/2024' }

test('the date of a plan that had ended, by a date or a reason', () => {
  expect(check([may], [ended])).toEqual(marked)
  expect(check([may], [{ ...may, REASON_PLACED_CEASED: 'RD1' }])).toEqual(marked)
  expect(check([may], [{ ...may, DATE_PLACED_CEASED: '31/06/2024' }])).toEqual(marked)
  expect(check([may], [may])).toEqual([])
})

test('another date', () => {
  expect(check([{ DATE_PLACED: '01/06/2024' }], [ended])).toEqual([])
})

test('two blanks are not the same', () => {
  expect(check([{}], [{ ...ended, DATE_PLACED: '' }])).toEqual([])
})

test('each plan is compared with each', () => {
  expect(check([may], [{ DATE_PLACED: '01/06/2024' }, ended])).toEqual(marked)
  expect(check([{ DATE_PLACED: '01/06/2024' }, may], [ended])).toEqual(['PlacedAdoption 2 DATE_PLACED'])
})

test('dates that are none are compared as they were typed', () => {
  expect(check([{ DATE_PLACED: '31/06/2024' }], [{ ...ended, DATE_PLACED: '31/06/2024' }])).toEqual(marked)
  expect(check([{ DATE_PLACED: '31/06/2024' }], [{ ...ended, DATE_PLACED: '32/06/2024' }])).toEqual([])
})

test('a child that was not there last year passes', () => {
  expect(check([may], [])).toEqual([])
})
