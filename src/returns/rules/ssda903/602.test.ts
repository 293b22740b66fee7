import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './602.ts'

const check = (DEC: string, REC = 'E11', AD1: Record<string, string> = { NB_ADOPTR: '2' }) =>
  findings(
    rule,
    child903({
      AD1,
      Episodes: [
        { DECOM: '01/05/2024', DEC: '01/06/2024', REC: 'X1' },
        { DECOM: '01/06/2024', DEC, REC },
      ],
    }),
  )
const marked = ['AD1 1 CHILD']

test('no adoption, or in another year', () => {
  expect(check('01/09/2025', 'E8')).toEqual(marked)
  expect(check('31/03/2025')).toEqual(marked)
  expect(check('01/04/2026')).toEqual(marked)
})

test('an adoption from the first to the last day of the year', () => {
  expect(check('01/04/2025')).toEqual([])
  expect(check('31/03/2026', 'E12')).toEqual([])
})

test('an end that is blank or no date is not in the year', () => {
  expect(check('')).toEqual(marked)
  expect(check('31/09/2025')).toEqual(marked)
})

test.each(['DATE_INT', 'DATE_MATCH', 'FOSTER_CARE', 'NB_ADOPTR', 'SEX_ADOPTR', 'LS_ADOPTR'])(
  '%s is enough',
  (field) => {
    expect(check('01/09/2025', 'E8', { [field]: '1' })).toEqual(marked)
  },
)

test('no details pass; a child without episodes does not', () => {
  expect(check('01/09/2025', 'E8', {})).toEqual([])
  expect(findings(rule, child903({ AD1: { NB_ADOPTR: '2' } }))).toEqual(marked)
})
