import { expect, test } from 'vitest'
import { versionIn } from '../rule.ts'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './146.ts'

const placed = (PLACE: string) => child903({ Episodes: { PLACE } })

test.each([
  ['2022-23', ['K3', 'Z11', 'Z12', 'Z13', 'Z14']],
  ['2023-24', ['K3', 'Z11', 'Z12', 'Z13', 'Z14']],
  ['2024-25', ['Z11', 'Z12', 'Z13', 'Z14']],
  ['2025-26', ['H5', 'P2', 'Z1']],
])('of all placement types there are or were, those not of %s: %s', (year, notOfYear) => {
  const failing = allPlacements.filter((place) => findings(rule, placed(place), { year }).length > 0)
  expect(failing).toEqual(notOfYear)
})

test('what was never a placement type', () => {
  expect(findings(rule, placed('XX'))).toEqual(['Episodes 1 PLACE'])
})

test('the message tells what became of Z1 from 2025-26', () => {
  expect(versionIn(rule, '2025-26')!.message).toMatch(/Z11 to Z14/)
  expect(versionIn(rule, '2024-25')!.message).not.toMatch(/Z1/)
})
