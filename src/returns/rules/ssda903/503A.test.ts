import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './503A.ts'

const child = (before: Record<string, string>[], now: Record<string, string>[]) =>
  child903({ Episodes: now, lastYear: { Episodes: before } })

test('the reason differs from that of the open episode', () => {
  const differs = child([{ DECOM: '01/05/2024', RNE: 'S' }], [{ DECOM: '01/05/2024', RNE: 'L' }])
  expect(findings(rule, differs)).toEqual(['Episodes 1 RNE'])
})

test('the same passes, two blanks too; a blank and a value differ', () => {
  expect(
    findings(rule, child([{ DECOM: '01/05/2024', RNE: 'S' }], [{ DECOM: '01/05/2024', RNE: 'S' }])),
  ).toEqual([])
  expect(findings(rule, child([{ DECOM: '01/05/2024' }], [{ DECOM: '01/05/2024' }]))).toEqual([])
  expect(findings(rule, child([{ DECOM: '01/05/2024', RNE: 'S' }], [{ DECOM: '01/05/2024' }]))).toHaveLength(
    1,
  )
})

test('the last episode of last year was closed', () => {
  const closed = [{ DECOM: '01/05/2024', RNE: 'S', DEC: '01/06/2024' }]
  expect(findings(rule, child(closed, [{ DECOM: '01/05/2025', RNE: 'L' }]))).toEqual([])
})

test('an end that is no date leaves it open; the first and the last are told by DECOM', () => {
  const before = [
    { DECOM: '01/06/2024', RNE: 'P', DEC: '01/13/2024' },
    { DECOM: '01/05/2024', RNE: 'S', DEC: '01/06/2024' },
  ]
  const now = [
    { DECOM: '01/08/2025', RNE: 'P' },
    { DECOM: '01/06/2024', RNE: 'L' },
  ]
  expect(findings(rule, child(before, now))).toEqual(['Episodes 2 RNE'])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const before = [
    { DECOM: '01/05/2024', RNE: 'S' },
    { DECOM: '01/05/2024', RNE: 'P' },
  ]
  const now = [
    { DECOM: '01/05/2024', RNE: 'S' },
    { DECOM: '01/05/2024', RNE: 'B' },
  ]
  expect(findings(rule, child(before, now))).toEqual([])
})

test('a child in one of the years only passes', () => {
  expect(findings(rule, child903({ Episodes: { DECOM: '01/05/2025', RNE: 'S' } }))).toEqual([])
  expect(findings(rule, child([{ DECOM: '01/05/2024', RNE: 'S' }], []))).toEqual([])
})
