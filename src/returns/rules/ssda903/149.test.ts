import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './149.ts'

const check = (REC: string) => findings(rule, child903({ Episodes: { REC } }))

test.each(['E1', 'E4', 'E43', 'E44', 'X', 'X2'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 REC'])
})

test.each([
  ...['X1', 'E11', 'E12', 'E13', 'E14', 'E15', 'E16', 'E17', 'E2', 'E3', 'E4A', 'E4B'],
  ...['E41', 'E45', 'E46', 'E47', 'E48', 'E5', 'E6', 'E7', 'E8', 'E9', ''],
])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
