import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './331.ts'

const check = (DATE_MATCH: string, DECOM: string, REC = 'E11') =>
  findings(
    rule,
    child903({
      AD1: { DATE_MATCH },
      Episodes: [
        { DECOM: '01/01/2024', REC: 'X1' },
        { DECOM, REC },
      ],
    }),
  )

test('matched after the placement began', () => {
  const marked = ['AD1 1 DATE_MATCH, Episodes 2 DECOM REC']
  expect(check('11/06/2025', '10/06/2025')).toEqual(marked)
  expect(check('11/06/2025', '10/06/2025', 'E12')).toEqual(marked)
})

test('on the same day passes', () => {
  expect(check('10/06/2025', '10/06/2025')).toEqual([])
})

test('the child was not adopted, or a date is none', () => {
  expect(check('11/06/2025', '10/06/2025', 'E4A')).toEqual([])
  expect(check('11/06/2025', '10/06/2025', '')).toEqual([])
  expect(check('', '10/06/2025')).toEqual([])
  expect(check('11/06/2025', '')).toEqual([])
})

test('no adoption details', () => {
  expect(findings(rule, child903({ Episodes: { DECOM: '10/06/2025', REC: 'E11' } }))).toEqual([])
})
