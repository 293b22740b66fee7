import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './353.ts'

const check = (DECOM: string) => findings(rule, child903({ Episodes: { DECOM } }))

test('before the day, not on it', () => {
  expect(check('13/10/1991')).toEqual(['Episodes 1 DECOM'])
  expect(check('14/10/1991')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/09/1991')).toEqual([])
})
