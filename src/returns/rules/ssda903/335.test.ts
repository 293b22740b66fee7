import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './335.ts'

const check = (PLACE: string, FOSTER_CARE: string, REC = 'E11') =>
  findings(rule, child903({ AD1: { FOSTER_CARE }, Episodes: { PLACE, REC } }))
const marked = ['AD1 1 FOSTER_CARE, Episodes 1 PLACE']

test.each(['A2', 'A3', 'A5'])('%s is with the present carers', (place) => {
  expect(check(place, '0')).toEqual(marked)
  expect(check(place, '1')).toEqual([])
})

test.each(['A1', 'A4', 'A6'])('%s is with others', (place) => {
  expect(check(place, '1')).toEqual(marked)
  expect(check(place, '0')).toEqual([])
})

test('any adoption, and nothing else', () => {
  expect(check('A3', '0', 'E1')).toEqual(marked)
  expect(check('A3', '0', 'E12')).toEqual(marked)
  expect(check('A3', '0', 'X1')).toEqual([])
  expect(check('A3', '0', '')).toEqual([])
})

test('a blank, another placement, or no adoption details', () => {
  expect(check('A3', '')).toEqual([])
  expect(check('A4', '')).toEqual([])
  expect(check('U1', '0')).toEqual([])
  expect(findings(rule, child903({ Episodes: { PLACE: 'A3', REC: 'E11' } }))).toEqual([])
})
