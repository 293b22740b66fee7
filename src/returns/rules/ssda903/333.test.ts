import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './333.ts'

const check = (DATE_INT: string, DATE_MATCH: string) =>
  findings(rule, child903({ AD1: { DATE_INT, DATE_MATCH } }))
const marked = ['AD1 1 DATE_INT']

test('decided after the match, not on the day', () => {
  expect(check('11/06/2025', '10/06/2025')).toEqual(marked)
  expect(check('10/06/2025', '10/06/2025')).toEqual([])
})

test('no decision, or an unreadable one', () => {
  expect(check('', '10/06/2025')).toEqual(marked)
  expect(check('31/06/2025', '10/06/2025')).toEqual(marked)
})

test('no match, or an unreadable one, passes', () => {
  expect(check('11/06/2025', '')).toEqual([])
  expect(check('', '')).toEqual([])
  expect(check('11/06/2025', '31/06/2025')).toEqual([])
  expect(check('', '31/06/2025')).toEqual([])
})
