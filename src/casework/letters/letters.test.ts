import { describe, expect, test } from 'vitest'
import { plainOf } from '../papers/paper.ts'
import { paperOf } from './letters.ts'
import { blocksOf } from './markup.ts'
import { bodyFor, filled, type LetterFacts, unwritten, wrongInTemplate } from './merging.ts'
import { writtenTo } from './needs.ts'

const facts: LetterFacts = {
  authority: 'Fellshire',
  today: '2026-11-25',
  children: [{ name: 'Ana Wren' }, { name: 'Ben Wren' }],
  addressee: { kind: 'family', name: 'Dana Wren', ...writtenTo([]) },
  worker: 'Sam Okoro',
  onProtectionPlan: false,
  inCare: false,
  inNeed: true,
}

describe('filling a template', () => {
  test.each([
    ['Dear {dear}, about {child}.', 'Dear Dana Wren, about Ana Wren and Ben Wren.'],
    ['{child-first-name}', 'Ana and Ben'],
    ['On {meeting-day} at {meeting-place}', 'On [the day of the meeting] at [the place of the meeting]'],
    ['{nothing-of-the-kind}', '{nothing-of-the-kind}'],
    ['{constructor}', '{constructor}'],
    ['the plan we made{child-in-need-plan-since}.', 'the plan we made.'],
  ])('%s', (template, said) => expect(filled(template, facts)).toBe(said))

  test('a child is spoken to by first name; a meeting handed over fills its day', () => {
    const child = { ...facts, addressee: { ...facts.addressee, kind: 'child' as const, name: 'Ana Wren' } }
    expect(filled('Hello {dear}, {meeting-day}', { ...child, meeting: { day: '2026-12-01' } })).toBe(
      'Hello Ana, Tue 1 Dec 2026',
    )
  })

  test('a paragraph stands where its condition holds, and not where it does not', () => {
    const template =
      'First\n\n{if in-need} For a child in need\n\n{if on-protection-plan} Plan\n\n{unless looked-after} Home\n\n{if constructor} Never'
    expect(filled(template, facts)).toBe('First\n\nFor a child in need\n\nHome')
    expect(filled(template, { ...facts, onProtectionPlan: true, inNeed: false, inCare: true })).toBe(
      'First\n\nPlan',
    )
  })

  test('what is wrong with a template is said, and what is still to be written is found', () => {
    expect(wrongInTemplate('{child} {if interpreter} x')).toEqual([])
    expect(wrongInTemplate('{chld} and {if rain} no\n\n{if snow} y {')).toEqual([
      'There is no field {chld}',
      'There is no condition ‘snow’',
      'A curly bracket belongs to no field or condition',
    ])
    expect(unwritten('On [the day] with [whom], not [\n]')).toEqual(['the day', 'whom'])
  })

  test('easy words come before a child’s, a child’s before a grown-up’s', () => {
    const version = { body: 'B', child_body: 'C', easy_body: 'E' }
    expect(bodyFor(version, { kind: 'family', easyRead: false })).toBe('B')
    expect(bodyFor(version, { kind: 'child', easyRead: false })).toBe('C')
    expect(bodyFor(version, { kind: 'child', easyRead: true })).toBe('E')
    expect(
      bodyFor({ ...version, child_body: null, easy_body: null }, { kind: 'child', easyRead: true }),
    ).toBe('B')
  })
})

test('typed words become headings, lists and paragraphs', () => {
  expect(
    blocksOf('Dear you,\nsecond line\n\n## Next\n- one\n- **two** more\n1. first\nafter\n\n# no heading'),
  ).toEqual([
    { kind: 'paragraph', text: 'Dear you,\nsecond line' },
    { kind: 'heading', text: 'Next', level: 2 },
    { kind: 'list', items: ['one', [{ strong: 'two' }, ' more']] },
    { kind: 'list', items: ['first'], numbered: true },
    { kind: 'paragraph', text: 'after' },
    { kind: 'paragraph', text: '# no heading' },
  ])
})

test.each([
  [[{ topic: 'adjustment', words: 'Letters in 18 point' }], { largePrint: true }],
  [[{ topic: 'adjustment', words: 'Large print, please' }], { largePrint: true }],
  [[{ topic: 'communication', words: 'Short sentences and pictures' }], { easyRead: true }],
  [[{ topic: 'language', words: 'Polish' }], { language: 'Polish' }],
  [[{ topic: 'language', words: 'English' }], {}],
  [[{ topic: 'interpreter', words: 'Polish, a woman' }], { interpreter: true }],
] as const)('what was answered about writing is heard: %j', (answers, heard) => {
  expect(writtenTo(answers.map((one) => ({ ...one, answer: 'known' })))).toEqual({
    ...writtenTo([]),
    ...heard,
  })
  expect(writtenTo(answers.map((one) => ({ ...one, answer: 'refused', words: null })))).toEqual(writtenTo([]))
})

test('a letter has its head, its size, and a line where a translated copy is due', () => {
  const paper = paperOf(
    {
      to_name: 'Dana Wren',
      to_lines: '1 High Street\r\n\r\nFellbridge',
      title: 'T',
      words: 'Dear',
      telephone: '01632 960 001',
      print: 'large',
      translate_into: 'Polish',
    },
    {
      authority: 'Fellshire',
      sender: { name: 'Sam', title: undefined, team: 'Team 2' },
      day: '2026-11-25',
      reference: 'P-1',
    },
  )
  expect(paper.letter?.to).toEqual(['Dana Wren', '1 High Street', 'Fellbridge'])
  expect(paper.letter?.from).toEqual(['Sam', 'Team 2', '01632 960 001'])
  expect(paper.print).toBe('large')
  const last = paper.blocks.at(-1)!
  expect(last.kind === 'paragraph' && plainOf(last.text)).toContain('Polish')
})
