import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './582.ts'

const check = (DATE_MATCH: string, DEC = '01/09/2025', REC = 'E11') =>
  findings(rule, child903({ Episodes: { DEC, REC }, AD1: { DATE_MATCH } }))

test('on the same day', () => {
  expect(check('01/09/2025')).toEqual(['Episodes 1 DEC'])
  expect(check('01/09/2025', '01/09/2025', 'E12')).toHaveLength(1)
})

test('on another day, or no adoption', () => {
  expect(check('31/08/2025')).toEqual([])
  expect(check('01/09/2025', '01/09/2025', 'X1')).toEqual([])
  expect(check('01/09/2025', '01/09/2025', '')).toEqual([])
})

test('blank and unreadable pass, and so does a child without adoption details', () => {
  expect(check('', '')).toEqual([])
  expect(check('31/09/2025', '31/09/2025')).toEqual([])
  expect(findings(rule, child903({ Episodes: { DEC: '01/09/2025', REC: 'E11' } }))).toEqual([])
})
