import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './357.ts'

const check = (...Episodes: Record<string, string>[]) => findings(rule, child903({ Episodes }))

test.each(['P', 'L', ''])('the first episode has RNE "%s"', (RNE) => {
  expect(check({ DECOM: '01/04/2025', RNE })).toEqual(['Episodes 1 RNE'])
})

test('S passes, and so does a start before the year', () => {
  expect(check({ DECOM: '01/04/2025', RNE: 'S' })).toEqual([])
  expect(check({ DECOM: '31/03/2025', RNE: 'P' })).toEqual([])
})

test('the first is told by its date; on a tie it is the earlier in the file', () => {
  const [start, move] = [
    { DECOM: '01/05/2025', RNE: 'S' },
    { DECOM: '01/06/2025', RNE: 'P' },
  ]
  expect(check(move, start)).toEqual([])
  expect(check({ ...move, DECOM: start.DECOM }, start)).toEqual(['Episodes 1 RNE'])
  expect(check(start, { ...move, DECOM: start.DECOM })).toEqual([])
})

test('no readable date', () => {
  expect(check({ DECOM: '', RNE: 'P' }, { DECOM: '31/04/2025', RNE: 'P' })).toEqual([])
})
