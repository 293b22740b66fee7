import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './426.ts'

const check = (...statuses: string[]) =>
  findings(rule, child903({ Episodes: statuses.map((LS) => ({ LS })) }))

test('V3 and V4: all of them are told, and no others', () => {
  expect(check('V3', 'C2', 'V4', '', 'V3')).toEqual(['Episodes 1 LS, Episodes 3 LS, Episodes 5 LS'])
})

test('one of the two alone passes', () => {
  expect(check('V3', 'V3', 'C2')).toEqual([])
  expect(check('V4', 'V4', '')).toEqual([])
  expect(findings(rule, child903({}))).toEqual([])
})

test('last year does not count', () => {
  expect(findings(rule, child903({ Episodes: { LS: 'V3' }, lastYear: { Episodes: { LS: 'V4' } } }))).toEqual(
    [],
  )
})
