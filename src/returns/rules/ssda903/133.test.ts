import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './133.ts'

const check = (ACCOM: string) => findings(rule, child903({ OC3: { ACCOM } }))

test.each(['', 'S1', 'X1', 'A1', 'B3', 'B'])('"%s" fails', (code) => {
  expect(check(code)).toEqual(['OC3 1 ACCOM'])
})

test.each(['B', 'C', 'D', 'E', 'G', 'H', 'K', 'R', 'T', 'U', 'V', 'W', 'Y', 'Z'])(
  '%s passes, suitable or not',
  (code) => {
    expect(check(`${code}1`)).toEqual([])
    expect(check(`${code}2`)).toEqual([])
  },
)

test.each(['S2', 'X2', '0'])('%s passes', (code) => {
  expect(check(code)).toEqual([])
})
