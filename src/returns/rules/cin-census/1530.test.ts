import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1530.ts'

const child = (UPN: string) => census({ ChildIdentifiers: { UPN } })

test.each(['A001', 'A005', 'A201', 'A213000000000', 'A420', 'A865', 'A941', 'A943', ''])(
  '"%s" passes',
  (upn) => {
    expect(findings(rule, child(upn))).toEqual([])
  },
)

test.each(['A000000000000', 'A006', 'A214', 'A804', 'A944', 'A20', 'A', 'AB01'])('%s fails', (upn) => {
  expect(findings(rule, child(upn))).toEqual(['ChildIdentifiers 1 UPN'])
})

test('942 and 943 are known from 2023-24', () => {
  expect(findings(rule, child('A942'), { year: '2023-24' })).toEqual([])
  expect(findings(rule, child('A942'), { year: '2022-23' })).toHaveLength(1)
})
