import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './559.ts'

const plans = (list: string[]) => ({ PlacedAdoption: list.map((DATE_PLACED) => ({ DATE_PLACED })) })
const check = (now: string[], before: string[]) =>
  findings(rule, child903({ ...plans(now), lastYear: plans(before) }))
const marked = ['PlacedAdoption 1 DATE_PLACED']

test('made before 1 April, and not in last year’s return', () => {
  expect(check(['31/03/2025'], [])).toEqual(marked)
  expect(check(['01/04/2025'], [])).toEqual([])
  expect(findings(rule, child903(plans(['31/03/2025'])))).toEqual(marked)
})

test('last year’s date is blank or none', () => {
  expect(check(['31/03/2025'], [''])).toEqual(marked)
  expect(check(['31/03/2025'], ['31/06/2024'])).toEqual(marked)
  expect(check(['31/03/2025'], ['01/05/2024', ''])).toEqual(marked)
})

test('last year has a date, this one or another', () => {
  expect(check(['31/03/2025'], ['31/03/2025'])).toEqual([])
  expect(check(['31/03/2025'], ['01/05/2024'])).toEqual([])
})

test('dates that are blank or none pass', () => {
  expect(check(['', '31/06/2024'], [])).toEqual([])
})
