import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW10STG2.ts'

type Spell = [SW_DECOM: string, SW_DEC: string, SW_REASON?: string]
const check = (spells: Spell[], year = '2025-26') =>
  findings(
    rule,
    child903({
      SWEpisodes: spells.map(([SW_DECOM, SW_DEC, SW_REASON = '']) => ({ SW_DECOM, SW_DEC, SW_REASON })),
    }),
    { year },
  )
const after = (SW_DECOM: string, SW_REASON = 'MANAGE', year?: string) =>
  check(
    [
      ['01/05/2025', '10/06/2025'],
      [SW_DECOM, '', SW_REASON],
    ],
    year,
  )
const second = ['SWEpisodes 2 SW_DECOM']

test('seven days either way pass, eight do not', () => {
  expect(after('17/06/2025')).toEqual([])
  expect(after('18/06/2025')).toEqual(second)
  expect(after('03/06/2025')).toEqual([])
  expect(after('02/06/2025')).toEqual(second)
})

test('a first contact is left out from 2024-25', () => {
  expect(after('18/06/2025', 'FCONTA')).toEqual([])
  expect(after('18/06/2025', 'FCONTA', '2024-25')).toEqual([])
  expect(after('18/06/2025', 'FCONTA', '2023-24')).toEqual(second)
  expect(after('18/06/2025', '')).toEqual(second)
  expect(after('18/06/2025', '', '2023-24')).toEqual(second)
})

test('what the spell before began with does not matter', () => {
  expect(
    check([
      ['01/05/2025', '10/06/2025', 'FCONTA'],
      ['18/06/2025', ''],
    ]),
  ).toEqual(second)
})

test('a date that is blank or none passes', () => {
  expect(
    check([
      ['01/05/2025', ''],
      ['18/06/2025', ''],
    ]),
  ).toEqual([])
  expect(
    check([
      ['01/05/2025', '31/06/2025'],
      ['18/06/2025', ''],
    ]),
  ).toEqual([])
  expect(after('')).toEqual([])
  expect(after('31/06/2025')).toEqual([])
})

test('in order of the start, then of the end, without either last', () => {
  expect(
    check([
      ['18/06/2025', ''],
      ['01/05/2025', '10/06/2025'],
    ]),
  ).toEqual(['SWEpisodes 1 SW_DECOM'])
  const startedTogether: Spell[] = [
    ['01/05/2025', '10/06/2025'],
    ['01/05/2025', '05/05/2025'],
    ['12/06/2025', ''],
  ]
  expect(check(startedTogether)).toEqual([])
  expect(
    check([
      ['01/05/2025', ''],
      ['01/05/2025', '05/05/2025'],
      ['18/06/2025', ''],
    ]),
  ).toEqual([])
})

test('the first spell is not checked', () => {
  expect(check([['18/06/2025', '']])).toEqual([])
})
