import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './557.ts'

const leaves = { PLACE: 'A3', LS: 'C2', REC: 'E4A' }
const ended = { DATE_PLACED_CEASED: '01/06/2025', REASON_PLACED_CEASED: 'RD1' }
const check = (fields: Record<string, string>, plans: Record<string, string>[], year = '2025-26') =>
  findings(rule, child903({ Episodes: { ...leaves, ...fields }, PlacedAdoption: plans }), { year })
const episode = 'Episodes 1 PLACE LS REC'

test('no plan', () => {
  expect(check({}, [])).toEqual([episode])
})

test('a plan without an end or without a reason for it', () => {
  const marked = [`${episode}, PlacedAdoption 1 DATE_PLACED_CEASED REASON_PLACED_CEASED`]
  expect(check({}, [{}])).toEqual(marked)
  expect(check({}, [{ ...ended, DATE_PLACED_CEASED: '' }])).toEqual(marked)
  expect(check({}, [{ ...ended, REASON_PLACED_CEASED: '' }])).toEqual(marked)
  expect(check({}, [ended])).toEqual([])
  expect(check({}, [{ ...ended, DATE_PLACED_CEASED: '31/06/2025' }])).toEqual([])
})

test('of several plans those that lack something are told', () => {
  expect(check({}, [ended, {}])).toEqual([
    `${episode}, PlacedAdoption 2 DATE_PLACED_CEASED REASON_PLACED_CEASED`,
  ])
})

test('of all placements, those for adoption count', () => {
  expect(allPlacements.filter((PLACE) => check({ PLACE }, []).length > 0)).toEqual(['A3', 'A4', 'A5', 'A6'])
})

test('an order is enough, until 2023-24 a freeing order too', () => {
  const elsewhere = (LS: string, year: string) => check({ PLACE: 'U1', LS }, [], year).length
  expect(['2022-23', '2023-24', '2024-25', '2025-26'].map((year) => elsewhere('D1', year))).toEqual([
    1, 1, 0, 0,
  ])
  expect(['2022-23', '2023-24', '2024-25', '2025-26'].map((year) => elsewhere('E1', year))).toEqual([
    1, 1, 1, 1,
  ])
  expect(elsewhere('', '2025-26')).toBe(0)
})

test('care went on, or ended with adoption', () => {
  for (const REC of ['X1', '', 'E11', 'E12']) expect(check({ REC }, [])).toEqual([])
})
