import { expect, test } from 'vitest'
import {
  awaitsConference,
  Collection,
  clashes,
  closedAfterAssessment,
  codesOf,
  twoOrMore,
} from './cin-census.ts'
import { census } from './testing.ts'

test('a code set: as the census has it, of one year or of all', () => {
  expect([...codesOf('category_of_abuse')]).toEqual(['NEG', 'PHY', 'SAB', 'EMO', 'MUL'])
  expect(codesOf('upn_local_authority', '2022-23').has('942')).toBe(false)
  expect(codesOf('upn_local_authority', '2023-24').has('942')).toBe(true)
  expect(codesOf('upn_local_authority').has('942')).toBe(true)
  expect(codesOf('primary_need').has('N9')).toBe(true)
})

test.each([
  ['RC7', false],
  ['RC8', true],
  ['RC9', true],
  ['', false],
])('closed after assessment: "%s" %s', (ReasonForClosure, expected) => {
  const [cin] = census({ CINdetails: { ReasonForClosure } }).CINdetails
  expect(closedAfterAssessment(cin!)).toBe(expected)
})

test.each([
  ['', '0', true],
  ['', '', true],
  ['', 'TRUE', false],
  ['2025-10-24', '0', false],
])(
  'waits for a conference: held on "%s", not needed "%s": %s',
  (DateOfInitialCPC, ICPCnotRequired, expected) => {
    const [enquiry] = census({ CINdetails: { Section47: [{ DateOfInitialCPC, ICPCnotRequired }] } }).Section47
    expect(awaitsConference(enquiry!)).toBe(expected)
  },
)

test('two or more, or none', () => {
  const { Disabilities } = census({ Disabilities: ['HEAR', 'VIS', 'HEAR'] })
  expect(twoOrMore(Disabilities, ({ Disability }) => Disability === 'VIS')).toBe(false)
  expect(twoOrMore(Disabilities, ({ Disability }) => Disability === 'HEAR')).toEqual([
    Disabilities[0],
    Disabilities[2],
  ])
})

test('clashes: with all others of which the test is true, never with itself', () => {
  const { Disabilities } = census({ Disabilities: ['HEAR', 'VIS', 'HEAR', 'HEAR'] })
  const alike = (one: { Disability?: string }, other: { Disability?: string }) =>
    one.Disability === other.Disability
  const collection = new Collection('2025-26')
  expect(clashes(Disabilities[1]!, 'Disability', Disabilities, alike, collection)).toBeUndefined()
  expect(clashes(Disabilities[2]!, 'Disability', Disabilities, alike, collection)).toEqual([
    { row: Disabilities[2], fields: ['Disability'] },
    Disabilities[0],
    Disabilities[3],
  ])
})
