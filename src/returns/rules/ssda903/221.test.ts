import { expect, test } from 'vitest'
import { allPlacements, child903, findings, providers } from '../testing.ts'
import rule from './221.ts'

const list = providers({ SC111111: { postcode: 'AA1 1AA' }, SC222222: {} })
const check = (episode: Record<string, string>, year = '2025-26') =>
  findings(
    rule,
    child903({ Episodes: { URN: 'SC111111', LS: 'C2', PLACE: 'K2', PL_POST: 'BB1 1BB', ...episode } }),
    { year, providers: list },
  )

test('another postcode than that of the provider', () => {
  expect(check({})).toEqual(['Episodes 1 PL_POST'])
})

test('spaces do not matter', () => {
  expect(check({ PL_POST: 'AA1 1AA' })).toEqual([])
  expect(check({ PL_POST: 'AA11AA' })).toEqual([])
})

test('the provider is not on the list, or its postcode is not', () => {
  expect(check({ URN: 'SC999999' })).toHaveLength(1)
  expect(check({ URN: 'SC222222' })).toHaveLength(1)
})

test('short breaks, no postcode, no URN and seven Xs pass', () => {
  const passing: Record<string, string>[] = [
    { LS: 'V3' },
    { LS: 'V4' },
    { PL_POST: '' },
    { URN: '' },
    { URN: 'XXXXXXX' },
  ]
  for (const episode of passing) expect(check(episode)).toEqual([])
  expect(check({ LS: '' })).toHaveLength(1)
})

test.each([
  ['2022-23', 'K1 K2 R3 S1'],
  ['2023-24', 'H5 K1 K2 R3 S1'],
  ['2024-25', 'K1 K2 K3 R3 S1'],
  ['2025-26', 'K1 K2 K3 R3 S1'],
])('in %s %s are homes', (year, homes) => {
  expect(allPlacements.filter((PLACE) => check({ PLACE }, year).length > 0).join(' ')).toBe(homes)
})
