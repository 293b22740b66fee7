import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './232.ts'

const check = (SEX: string) => findings(rule, child903({ Header: { SEX } }))

test('unknown', () => {
  expect(check('U')).toEqual(['Header 1 SEX'])
})

test.each(['M', 'F', ''])('"%s" passes', (sex) => {
  expect(check(sex)).toEqual([])
})
