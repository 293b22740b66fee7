import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './134.ts'

const check = (AD1: Record<string, string>, OC3: Record<string, string>) =>
  findings(rule, child903({ AD1, OC3 }))
const marked = ['AD1 1 DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR']

test.each(['DATE_INT', 'DATE_MATCH', 'FOSTER_CARE', 'NB_ADOPTR', 'SEX_ADOPTR', 'LS_ADOPTR'])(
  '%s and any care leaver detail',
  (field) => {
    expect(check({ [field]: '01/05/2025' }, { IN_TOUCH: 'NO' })).toEqual(marked)
    expect(check({ [field]: '0' }, { ACTIV: '0' })).toEqual(marked)
    expect(check({ [field]: '0' }, { ACCOM: '0' })).toEqual(marked)
  },
)

test('one of the two only', () => {
  expect(check({ FOSTER_CARE: '0' }, {})).toEqual([])
  expect(check({}, { IN_TOUCH: 'NO' })).toEqual([])
  expect(findings(rule, child903({ AD1: { FOSTER_CARE: '0' } }))).toEqual([])
})

test('several care leaver rows are one finding', () => {
  const OC3 = [{ IN_TOUCH: 'NO' }, { IN_TOUCH: 'NO' }]
  expect(findings(rule, child903({ AD1: { FOSTER_CARE: '0' }, OC3 }))).toEqual(marked)
})
