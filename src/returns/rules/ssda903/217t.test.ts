import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './217t.ts'

const year = '2023-24'
const child = (DEC: string, PLACE = 'P2') => child903({ Episodes: { PLACE, DEC } })

test('open, or ended after 28 October 2023', () => {
  expect(findings(rule, child(''), { year })).toEqual(['Episodes 1 PLACE DECOM'])
  expect(findings(rule, child('29/10/2023'), { year })).toHaveLength(1)
})

test('ended on that day, or on no readable one', () => {
  expect(findings(rule, child('28/10/2023'), { year })).toEqual([])
  expect(findings(rule, child('32/10/2023'), { year })).toEqual([])
})

test('other placements pass', () => {
  expect(findings(rule, child('', 'H5'), { year })).toEqual([])
})

test('in force in 2023-24 only', () => {
  expect(() => findings(rule, child(''), { year: '2022-23' })).toThrow('not in force')
  expect(() => findings(rule, child(''), { year: '2024-25' })).toThrow('not in force')
})
