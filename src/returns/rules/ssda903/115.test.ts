import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './115.ts'

const check = (DATE_PLACED: string) => findings(rule, child903({ PlacedAdoption: { DATE_PLACED } }))

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(['PlacedAdoption 1 DATE_PLACED'])
})

test.each(['', '01/05/2025', '29/02/2024'])('"%s" passes', (date) => {
  expect(check(date)).toEqual([])
})
