import { expect, test } from 'vitest'
import { Child } from '../ssda903.ts'
import { child903, findings } from '../testing.ts'
import rule from './191.ts'

const all = { IMMUNISATIONS: '1', TEETH_CHECK: '0', HEALTH_ASSESSMENT: '1', SUBSTANCE_MISUSE: '0' }
const allYear: Record<string, string>[] = [
  { DECOM: '01/05/2025', RNE: 'P', LS: 'C2' },
  { DECOM: '01/04/2025', RNE: 'S', LS: 'C2', DEC: '01/05/2025', REC: 'X1' },
]
const check = (OC2: Record<string, string> | [], Episodes: Record<string, string>[] = allYear) =>
  findings(rule, child903({ OC2, Episodes }))

test.each(Object.keys(all))('%s is missing', (item) => {
  expect(check(all)).toEqual([])
  expect(check({ ...all, [item]: '' })).toEqual([
    'OC2 1 IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE',
  ])
})

test('without a row the first episode is marked', () => {
  expect(check([])).toEqual(['Episodes 2 CHILD'])
})

test('on a tie the first episode is the earlier in the file', () => {
  expect(check([], [allYear[0]!, allYear[1]!, allYear[1]!])).toEqual(['Episodes 2 CHILD'])
})

test.each<Record<string, string>>([{ DECOM: '02/04/2025' }, { DEC: '30/04/2025', REC: 'E4A' }, { LS: 'V3' }])(
  'not looked after all year: %o',
  (other) => {
    const episodes = [{ ...allYear[1]!, ...other }]
    expect(check({}, episodes)).toEqual([])
    expect(check([], episodes)).toEqual([])
  },
)

test('no episodes', () => {
  expect(check({}, [])).toEqual([])
  expect(check([], [])).toEqual([])
})

test('an episode that belongs to no child', () => {
  const { Episodes } = child903({ Episodes: { ...allYear[1]!, CHILD: '' } })
  const tables = [[], Episodes, ...Array.from({ length: 10 }, () => [])]
  expect(findings(rule, new Child(null, tables))).toEqual([])
  expect(findings(rule, new Child('1', tables))).toHaveLength(1)
})
