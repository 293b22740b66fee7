import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './144.ts'

const check = (LS: string) => findings(rule, child903({ Episodes: { LS } }))

test.each(['C3', 'V1', 'L', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 LS'])
})

test.each(['C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'J1', 'J2', 'J3', 'L1', 'L2', 'L3', ''])(
  '"%s" passes',
  (code) => {
    expect(check(code)).toEqual([])
  },
)
