import { expect, test } from 'vitest'
import { dayOfIso } from '../returns/reading/days.ts'
import { isWorkingDay } from '../returns/rules/working-days.ts'
import { Chance } from './chance.ts'
import type { Standing } from './life.ts'
import type { Caseload } from './scenes.ts'
import { filled, type Situation, visitText } from './visit-words.ts'
import { visitsOf } from './visits.ts'

const today = '2026-11-25'
const plain = { language: undefined, disabilities: [], fatherKnown: true }
const caseload = (standing: Standing, born = ['2016-03-01', '2020-08-12']): Caseload => ({
  ...{ number: 7, account: 'a', from: '2026-03-02', mother: 'Kelly' },
  children: born.map((day, n) => ({
    person: `p${n}`,
    name: ['Ruby', 'Kai'][n]!,
    born: day,
    standing,
    ...plain,
  })),
})

test('visits are in words of their own for each child, on working days, and as often as such children are seen', () => {
  const told = Array.from({ length: 200 }, (_, n) =>
    visitsOf(caseload('protected'), new Chance(n), today, false),
  )
  for (const writeUps of told) {
    expect(writeUps).toHaveLength(3)
    for (const rows of writeUps) {
      expect(rows.map(({ child }) => child)).toEqual(['p0', 'p1'])
      for (const { day, paragraphs, visit } of rows) {
        expect([day, isWorkingDay(dayOfIso(day)), day < today]).toEqual([day, true, true])
        expect(JSON.stringify(paragraphs)).not.toMatch(/[{]\w+[}]|undefined|Kelly Kelly/)
        if (!visit!.seen) expect(visit!.because).toBeDefined()
      }
    }
    expect(writeUps.map((rows) => rows[0]!.day)).toEqual([...writeUps.map((rows) => rows[0]!.day)].sort())
    // Ten working days are fourteen calendar days, and the last visit is within them.
    expect(Date.parse(today) - Date.parse(writeUps.at(-1)![0]!.day)).toBeLessThanOrEqual(14 * 86_400_000)
  }
  expect(new Set(told.map((writeUps) => JSON.stringify(writeUps))).size).toBeGreaterThan(150)
})

test('a late visit is late', () => {
  const [last] = visitsOf(caseload('protected'), new Chance(1), today, true).slice(-1)
  expect(Date.parse(today) - Date.parse(last![0]!.day)).toBeGreaterThan(14 * 86_400_000)
})

test('nobody is visited who was not yet born, or with whom nobody worked', () => {
  expect(
    visitsOf(caseload('in-need', ['2020-01-01', '2026-11-24']), new Chance(3), today, false).at(-1),
  ).toHaveLength(1)
  expect(visitsOf({ ...caseload('in-need'), from: today }, new Chance(3), today, false)).toEqual([])
  expect(visitsOf(caseload('referred'), new Chance(3), today)).toEqual([])
})

test('there are words for every age, and in the right number', () => {
  const situations: Situation[] = ['child-protection', 'child-in-need', 'looked-after', 'assessment']
  for (const situation of situations)
    for (let age = 0; age < 18; age += 1)
      for (let n = 0; n < 10; n += 1)
        expect(visitText(new Chance(n), situation, { age, seen: true })?.what).toBeTruthy()
  expect(filled('{child} {were} in {rooms} with {mother}.', ['Ruby'], 'Kelly')).toBe(
    'Ruby was in the bedroom with Kelly.',
  )
  expect(filled('{child} {were} there, {first} first.', ['Ruby', 'Kai'], 'Kelly')).toBe(
    'Ruby and Kai were there, Ruby first.',
  )
})
