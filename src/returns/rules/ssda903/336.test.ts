import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './336.ts'

const check = (before: string, PLACE: string) =>
  findings(
    rule,
    child903({
      Episodes: [
        { DECOM: '01/06/2025', PLACE },
        { DECOM: '01/05/2025', PLACE: before },
      ],
    }),
  )

test.each(['A3', 'A5'])('%s behind another placement than foster care', (place) => {
  expect(check('K2', place)).toEqual(['Episodes 1 PLACE'])
  expect(check('', place)).toEqual(['Episodes 1 PLACE'])
})

test.each(['A3', 'A4', 'A5', 'A6', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6'])('behind %s it passes', (before) => {
  expect(check(before, 'A3')).toEqual([])
})

test('with other carers it passes', () => {
  expect(check('K2', 'A4')).toEqual([])
  expect(check('K2', 'A6')).toEqual([])
})

test('the first episode passes', () => {
  expect(findings(rule, child903({ Episodes: { PLACE: 'A3' } }))).toEqual([])
})
