import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './148.ts'

const check = (DEC: string, REC: string) => findings(rule, child903({ Episodes: { DEC, REC } }))

test('one of the two', () => {
  expect(check('01/05/2025', '')).toEqual(['Episodes 1 DEC REC'])
  expect(check('', 'X1')).toEqual(['Episodes 1 DEC REC'])
  expect(check('32/05/2025', '')).toEqual(['Episodes 1 DEC REC'])
})

test('both or neither', () => {
  expect(check('01/05/2025', 'X1')).toEqual([])
  expect(check('32/05/2025', 'XX')).toEqual([])
  expect(check('', '')).toEqual([])
})
