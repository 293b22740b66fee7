import { expect, test } from 'vitest'
import { nhsNumberIsRight, upnIsRight } from '../people/numbers.ts'
import { inventFamilies } from './families.ts'
import { careReturnOf, censusOf, returnYear } from './returns.ts'

const today = '2026-11-25'

test('the same seed invents the same families, another seed others', () => {
  expect(inventFamilies(20, today, 7)).toEqual(inventFamilies(20, today, 7))
  expect(inventFamilies(20, today, 8)).not.toEqual(inventFamilies(20, today, 7))
})

test('numbers are right, and from the ranges kept for tests', () => {
  for (const { children, mother } of inventFamilies(60, today)) {
    expect(mother.mobile).toMatch(/^07700 900\d{3}$/)
    for (const { nhs, upn } of children) {
      expect(nhs.startsWith('999')).toBe(true)
      expect(nhsNumberIsRight(nhs)).toBe(true)
      if (upn) expect(upnIsRight(upn)).toBe(true)
    }
  }
})

test('no two children of a family bear one name, and nothing lies ahead', () => {
  for (const { children } of inventFamilies(60, today)) {
    expect(new Set(children.map(({ forename }) => forename)).size).toBe(children.length)
    for (const { born, since } of children) {
      expect(born < today).toBe(true)
      expect(since <= today && since > born).toBe(true)
    }
  }
})

test('the returns hold every child they should', () => {
  const families = inventFamilies(34, today)
  const children = families.flatMap((family) => family.children)
  expect(censusOf(families, today).match(/<LAchildID>/g)).toHaveLength(children.length)
  const header = careReturnOf(families, today).get('header.csv')!
  const cared = children.filter(({ story }) => story === 'looked-after' || story === 'left-care')
  expect(header.trim().split('\n')).toHaveLength(cared.length + 1)
})

test('the year of a return ends on 31 March', () => {
  expect(returnYear('2026-03-31')).toBe(2026)
  expect(returnYear('2026-04-01')).toBe(2027)
})
