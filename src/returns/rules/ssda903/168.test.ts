import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './168.ts'

const check = (UPN: string) => findings(rule, child903({ Header: { UPN } }))

test.each(['A123456789012', 'Z000000000000', 'H12345678901B', 'UN1', 'UN2', 'UN3', 'UN4', 'UN5', ''])(
  '"%s" passes',
  (upn) => {
    expect(check(upn)).toEqual([])
  },
)

test.each([
  ...['I123456789012', 'O123456789012', 'S123456789012', '1123456789012'],
  ...['A12345678901', 'A1234567890123', 'A1234567890B2', 'AA12345678901', 'A12345678901b'],
  ...['XA123456789012', 'UN0', 'UN6', 'UN', 'UN1 '],
])('"%s" fails', (upn) => {
  expect(check(upn)).toEqual(['Header 1 UPN'])
})
