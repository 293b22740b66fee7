import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW15STG2.ts'

test.each(['2022-23', '2023-24', '2024-25', '2025-26', '2026-27'])('not in force in %s', (year) => {
  expect(() => findings(rule, child903({ SWEpisodes: {} }), { year })).toThrow('not in force')
})
