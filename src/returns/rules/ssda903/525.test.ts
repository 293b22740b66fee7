import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './525.ts'

const check = (plan: Record<string, string>, ad1: Record<string, string>) =>
  findings(rule, child903({ PlacedAdoption: plan, AD1: ad1 }))
const given = { DATE_INT: '01/06/2025' }
const marked = [
  'PlacedAdoption 1 DATE_PLACED_CEASED, AD1 1 DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR',
]

test.each(['DATE_INT', 'DATE_MATCH', 'FOSTER_CARE', 'NB_ADOPTR', 'SEX_ADOPTR', 'LS_ADOPTR'])(
  '%s is given, readable or not',
  (field) => {
    expect(check({ DATE_PLACED_CEASED: '01/07/2025' }, { [field]: '1' })).toEqual(marked)
  },
)

test('an end of the plan that is no date counts, a reason alone does not', () => {
  expect(check({ DATE_PLACED_CEASED: '31/06/2025' }, given)).toEqual(marked)
  expect(check({ DATE_PLACED: '01/06/2025', REASON_PLACED_CEASED: 'RD1' }, given)).toEqual([])
})

test('no details, or no row for them', () => {
  expect(check({ DATE_PLACED_CEASED: '01/07/2025' }, {})).toEqual([])
  expect(findings(rule, child903({ PlacedAdoption: { DATE_PLACED_CEASED: '01/07/2025' } }))).toEqual([])
})

test('a later plan does not help', () => {
  const child = child903({ PlacedAdoption: [{ DATE_PLACED_CEASED: '01/07/2025' }, {}], AD1: given })
  expect(findings(rule, child)).toEqual(marked)
})
