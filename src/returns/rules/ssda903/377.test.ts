import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './377.ts'

const child = (...places: string[]) => child903({ Episodes: places.map((PLACE) => ({ PLACE })) })

test('three are told, all of them', () => {
  expect(findings(rule, child('T3', 'U1', 'T3', 'U1', 'T3'))).toEqual([
    'Episodes 1 PLACE, Episodes 3 PLACE, Episodes 5 PLACE',
  ])
})

test('two pass, and other temporary placements do not count', () => {
  expect(findings(rule, child('T3', 'T3'))).toEqual([])
  expect(findings(rule, child('T3', 'T3', 'T4', 'T2', ''))).toEqual([])
})

test('those of last year do not count', () => {
  const Episodes = [{ PLACE: 'T3' }, { PLACE: 'T3' }]
  expect(findings(rule, child903({ Episodes, lastYear: { Episodes } }))).toEqual([])
})
