import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './378.ts'

const check = (PLACE: string, LS: string) => findings(rule, child903({ Episodes: { PLACE, LS } }))

test('with parents under section 20', () => {
  expect(check('P1', 'V2')).toEqual(['Episodes 1 PLACE LS'])
})

test.each([
  ['P1', 'C2'],
  ['P1', 'V3'],
  ['P1', ''],
  ['U1', 'V2'],
  ['', 'V2'],
])('"%s" under "%s" passes', (place, ls) => {
  expect(check(place, ls)).toEqual([])
})
