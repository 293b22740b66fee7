import { expect, test } from 'vitest'
import type { Found } from './index-store.ts'
import { ofAge } from './matching.ts'

const found = (id: string, born: string | null, matched: string[]) =>
  ({ id, born, matched }) as unknown as Found

test('of the found, whoever is about that old comes first and says so, behind whom a number names', () => {
  const all = [
    found('grown', '1990-01-01', ['name']),
    found('nine', '2017-06-08', ['spelling']),
    found('not known', null, ['name']),
    found('numbered', '1990-01-01', ['number']),
    found('ten', '2016-09-25', ['sounds']),
  ]
  const ranked = ofAge(all, 9, '2026-11-25')
  expect(ranked.map(({ id }) => id)).toEqual(['numbered', 'nine', 'ten', 'grown', 'not known'])
  expect(ranked[1]!.matched).toEqual(['spelling', 'age'])
  expect(ranked[3]!.matched).toEqual(['name'])
})
