import { describe, expect, test } from 'vitest'
import { parseDate } from '../web/words.ts'
import { badgesOf, calledOf, isAbout, isCareLeaver, questionOf, type Standing } from './model.ts'

const plain: Standing = {
  born: '2008-02-29',
  expected: null,
  died: null,
  inNeed: false,
  onPlan: false,
  inCare: false,
  missing: false,
  restricted: false,
  careEnded: null,
  knownAsLeaver: false,
}

describe('a care leaver', () => {
  test.each([
    ['left at 16, on the birthday', { careEnded: '2024-02-29' }, '2026-01-01', true],
    ['left the day before 16', { careEnded: '2024-02-28' }, '2026-01-01', false],
    ['is 24', { careEnded: '2025-01-01' }, '2033-02-28', true],
    ['is 25', { careEnded: '2025-01-01' }, '2033-03-01', false],
    ['is back in care', { careEnded: '2025-01-01', inCare: true }, '2026-01-01', false],
    ['was told of by the return alone', { knownAsLeaver: true }, '2026-01-01', true],
    ['has died', { careEnded: '2025-01-01', died: '2026-01-01' }, '2026-02-01', false],
  ])('who %s', (_, some, on, expected) => {
    expect(isCareLeaver({ ...plain, ...some }, on)).toBe(expected)
  })
})

test('badges stand in one order, and somebody expected is unborn', () => {
  const standing = {
    ...plain,
    born: null,
    expected: '2027-01-01',
    onPlan: true,
    inNeed: true,
    restricted: true,
  }
  expect(badgesOf(standing, '2026-11-25')).toEqual([
    'child-protection',
    'child-in-need',
    'unborn',
    'restricted',
  ])
})

test('without a name a person is called by the local number, else by the reference', () => {
  expect(calledOf({ name: null, localId: '123', reference: 'P-ABCDEF' })).toBe('Name not known, local id 123')
  expect(calledOf({ name: null, localId: null, reference: 'P-ABCDEF' })).toBe('Name not known, P-ABCDEF')
})

describe('what was typed into the search box', () => {
  const read = (typed: string) => {
    const { day, numbers, words } = questionOf(typed, (text) => parseDate(text, '2026-11-25'))
    return { day, numbers, words }
  }
  test.each([
    ['Amara  Okafor', { day: undefined, numbers: [], words: ['amara', 'okafor'] }],
    ['O’Neill-Smith, Zoë', { day: undefined, numbers: [], words: ['oneill', 'smith', 'zoe'] }],
    ['okafor 14/3/2019', { day: '2019-03-14', numbers: [], words: ['okafor'] }],
    ['14 mar 2019', { day: '2019-03-14', numbers: [], words: [] }],
    ['ls9 7xx okafor', { day: undefined, numbers: ['LS97XX'], words: ['okafor'] }],
    ['LS9', { day: undefined, numbers: ['LS9'], words: [] }],
    ['943 476 5919', { day: undefined, numbers: ['9434765919'], words: [] }],
    ['p-nh73yt', { day: undefined, numbers: ['PNH73YT'], words: [] }],
    ['P-BWKLZC', { day: undefined, numbers: ['PBWKLZC'], words: [] }],
    ['A123456789012', { day: undefined, numbers: ['A123456789012'], words: [] }],
    ['   ', { day: undefined, numbers: [], words: [] }],
  ])('%j', (typed, expected) => {
    expect(read(typed)).toEqual(expected)
  })

  const heard = (typed: string) => {
    const { age, street, words, numbers } = questionOf(typed, () => undefined)
    return { age, street, words, numbers }
  }
  test.each([
    ['Mohamed something, about nine, Bilberry Road', ['mohamed'], 9, 'Bilberry Road', []],
    ['mohamed about 9 bilberry road', ['mohamed'], 9, 'bilberry road', []],
    ['mohamed khan aged 12', ['mohamed', 'khan'], 12, undefined, []],
    ['9 year old aisha', ['aisha'], 9, undefined, []],
    ['aisha 71 Cotton Grass Lane', ['aisha'], undefined, '71 Cotton Grass Lane', []],
    ['okafor st marys rd', ['okafor'], undefined, 'st marys rd', []],
    // Perhaps a name, perhaps a street: both are looked for.
    ['Diane Lane', ['diane', 'lane'], undefined, 'Diane Lane', []],
    ['Bilberry Road', ['bilberry', 'road'], undefined, 'Bilberry Road', []],
    ['aisha 71 cotton grass', ['aisha', 'cotton', 'grass'], undefined, '71 cotton grass', ['71']],
    // A name that only begins like one, and a number that is no age.
    ['Lane Fox', ['lane', 'fox'], undefined, undefined, []],
    ['something', ['something'], undefined, undefined, []],
    ['aisha 12', ['aisha'], undefined, undefined, ['12']],
    ['about 14/3/2019 aisha', ['aisha'], undefined, undefined, ['1432019']],
  ])('as heard: %j', (typed, words, age, street, numbers) => {
    expect(heard(typed)).toEqual({ words, age, street, numbers })
  })
})

test('about nine is eight to ten; about forty is four years out either way', () => {
  const today = '2026-11-25'
  expect(isAbout(9, '2016-11-25', today)).toBe(true)
  expect(isAbout(9, '2015-11-26', today)).toBe(true)
  expect(isAbout(9, '2015-11-25', today)).toBe(false)
  expect(isAbout(9, '2018-11-25', today)).toBe(true)
  expect(isAbout(9, '2018-11-26', today)).toBe(false)
  expect(isAbout(40, '1982-12-01', today)).toBe(true)
  expect(isAbout(9, null, today)).toBe(false)
})
