import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW07STG2.ts'

const check = (SW_DEC: string, year = '2025-26') =>
  findings(rule, child903({ SWEpisodes: { SW_DEC } }), { year })

test('in 2023-24 the year itself', () => {
  expect(check('31/03/2023', '2023-24')).toEqual(['SWEpisodes 1 SW_DEC'])
  expect(check('01/04/2023', '2023-24')).toEqual([])
  expect(check('31/03/2024', '2023-24')).toEqual([])
  expect(check('01/04/2024', '2023-24')).toHaveLength(1)
})

test('from 2024-25 the year before too', () => {
  expect(check('31/03/2024')).toEqual(['SWEpisodes 1 SW_DEC'])
  expect(check('01/04/2024')).toEqual([])
  expect(check('31/03/2026')).toEqual([])
  expect(check('01/04/2026')).toHaveLength(1)
})

test('its first day passes with a 29 February in between', () => {
  expect(check('01/04/2023', '2024-25')).toEqual([])
  expect(check('31/03/2023', '2024-25')).toHaveLength(1)
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/02/2020')).toEqual([])
})
