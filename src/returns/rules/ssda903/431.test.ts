import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './431.ts'

const check = (DEC: string, DECOM: string, RNE = 'S') =>
  findings(
    rule,
    child903({
      Episodes: [
        { DECOM: '01/05/2025', DEC },
        { DECOM, RNE },
      ],
    }),
  )

test('on the day the one before ended or earlier, not the day after', () => {
  expect(check('10/06/2025', '10/06/2025')).toEqual(['Episodes 2 RNE DECOM'])
  expect(check('10/06/2025', '09/06/2025')).toHaveLength(1)
  expect(check('10/06/2025', '11/06/2025')).toEqual([])
})

test('other reasons pass', () => {
  for (const RNE of ['L', 'P', 'T', 'U', 'B', '']) expect(check('10/06/2025', '10/06/2025', RNE)).toEqual([])
})

test('dates that are blank or none, and the first episode, pass', () => {
  expect(check('', '10/06/2025')).toEqual([])
  expect(check('31/06/2025', '10/06/2025')).toEqual([])
  expect(check('10/06/2025', '')).toEqual([])
  expect(
    findings(rule, child903({ Episodes: { DECOM: '01/05/2025', DEC: '01/05/2025', RNE: 'S' } })),
  ).toEqual([])
})

test('the order is that of the dates', () => {
  const child = child903({
    Episodes: [
      { DECOM: '10/06/2025', RNE: 'S' },
      { DECOM: '01/05/2025', DEC: '10/06/2025', RNE: 'S' },
    ],
  })
  expect(findings(rule, child)).toEqual(['Episodes 1 RNE DECOM'])
})
