import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1010.ts'

type Episode = Record<string, string>

const check = (before: Episode[], now: Episode[] = []) =>
  findings(rule, child903({ OC3: {}, Episodes: now, lastYear: { Episodes: before } }))
const open = { DECOM: '01/06/2024' }
const ended = { DECOM: '01/06/2024', DEC: '01/07/2024' }

test('open last year, gone this year', () => {
  expect(check([open])).toEqual(['OC3 1 IN_TOUCH ACTIV ACCOM'])
  expect(check([open], [{}])).toEqual([])
})

test('ended last year, with a readable end or without', () => {
  expect(check([ended])).toEqual([])
  expect(check([{ ...ended, DEC: '32/07/2024' }])).toEqual([])
})

test('only the latest episode counts, on a tie the last in the file', () => {
  expect(check([{ DECOM: '01/05/2024' }, ended])).toEqual([])
  expect(check([open, { DECOM: '01/05/2024', DEC: '01/06/2024' }])).toHaveLength(1)
  expect(check([open, ended])).toEqual([])
  expect(check([ended, open])).toHaveLength(1)
})

test('episodes without a readable start do not count', () => {
  expect(check([{ DECOM: '' }, { DECOM: '32/06/2024' }])).toEqual([])
  expect(check([ended, { DECOM: '' }])).toEqual([])
  expect(check([])).toEqual([])
})
