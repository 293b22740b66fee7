import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW06STG2.ts'

const check = (SW_DECOM: string) => findings(rule, child903({ SWEpisodes: { SW_DECOM } }))

test('after the last day, not on it', () => {
  expect(check('01/04/2026')).toEqual(['SWEpisodes 1 SW_DECOM'])
  expect(check('31/03/2026')).toEqual([])
})

test('long before, blank and unreadable pass', () => {
  expect(check('01/04/2015')).toEqual([])
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
