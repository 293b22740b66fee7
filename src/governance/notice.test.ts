import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { differencesOf } from './differences.ts'
import { driftOf } from './drift.ts'
import { corrections, evidence } from './evidence.ts'
import { blankContacts, type Facts, groupWords, layers, makeNotice, type Part } from './notice.ts'
import { bodyOf, type Register, registers, wrongWith } from './registers.ts'

const root = resolve(import.meta.dirname, '../..')
const migrations = join(root, 'src/database/migrations')

/** What the registers say when the software comes, read from the migration that brings it. */
const shipped = Object.fromEntries(
  [
    ...readFileSync(join(migrations, '0831_registers_shipped.sql'), 'utf8').matchAll(
      /governance\.ship\('([\w-]+)', \$\$(.*?)\$\$\)/gs,
    ),
  ].map(([, register, json]) => [
    register,
    (JSON.parse(json!) as { key: string }[]).map(({ key, ...body }) => ({
      key,
      ...bodyOf(register as Register, body),
    })),
  ]),
) as unknown as Facts['registers']

const groups = [
  ...readFileSync(join(migrations, '0001_foundation.sql'), 'utf8').matchAll(
    /^ {2}\('(F\d\d)', '(.*)', '(\w+)'\)/gm,
  ),
].map(([, code, name, sensitivity]) => ({
  code: code!,
  name: name!.replaceAll("''", "'"),
  sensitivity: sensitivity!,
}))

const facts: Facts = {
  authority: 'Fellshire Children’s Trust',
  groups,
  registers: {
    ...shipped,
    contacts: shipped.contacts.map((one) => ({ ...one, value: one.value ?? 'somebody@fellshire.example' })),
  },
}

const textOf = (part: Part): string =>
  typeof part === 'string'
    ? part
    : 'list' in part
      ? part.list.map((line) => `${line}.`).join(' ')
      : part.rows.map((row) => `${row.join(', ')}.`).join(' ')
const wholeText = (layer: (typeof layers)[number]) =>
  makeNotice(layer, facts)
    .flatMap(({ heading, parts }) => [`${heading}.`, ...parts.map(textOf)])
    .join(' ')

describe('what comes with the software', () => {
  test('fills every register', () => {
    expect(Object.keys(shipped).sort()).toEqual([...registers].sort())
    expect(groups).toHaveLength(36)
  })
  test('N38: nothing about families or children rests on a contract', () => {
    expect(shipped['lawful-bases'].filter(({ article6 }) => article6.includes('b'))).toEqual([])
  })
  test('N41: the public task and duties are told apart, and the public task comes first in the notice', () => {
    const law = makeNotice('families', facts).find(({ id }) => id === 'law')!
    const table = law.parts.find((part) => typeof part !== 'string' && 'rows' in part) as {
      rows: readonly (readonly string[])[]
    }
    expect(table.rows[0]![1]).toMatch(/^our public task/)
  })
  test('N36: every activity names a condition for protected information', () => {
    for (const { key, conditions } of shipped['lawful-bases'])
      expect([key, conditions.every((one) => /^(9\(2\)|10)/.test(one))]).toEqual([key, true])
  })
  test('N44 to N54: laws that allow nothing here are not cited', () => {
    const text = wholeText('families')
    for (const wrong of [
      '2006/90',
      'Localism',
      'Safety and Quality',
      'Health & Social Care Act',
      'Education Regulations',
    ])
      expect(text).not.toContain(wrong)
  })
  test('N77, N79: nothing is decided by a machine alone, and an entry that says so is refused', () => {
    expect(shipped.automated.every(({ decides }) => decides === false)).toBe(true)
    expect(wrongWith('automated', { ...shipped.automated[0], decides: true })).toHaveProperty('decides')
    for (const { where } of shipped.automated)
      expect([where, existsSync(join(root, where))]).toEqual([where, true])
  })
})

describe('the notice', () => {
  test.each(layers)(
    'of %s is whole: each section has a heading, words and an address of its own',
    (layer) => {
      const sections = makeNotice(layer, facts)
      expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length)
      for (const { heading, parts } of sections) {
        expect(heading).not.toBe('')
        expect(parts.map(textOf).join('')).not.toMatch(/undefined|null|not said yet|\bN\d/)
      }
    },
  )
  test('T9: covers every field group, recipient, flow and way abroad; taking one away from the notice is drift', () => {
    const published = makeNotice('families', facts)
    expect(driftOf(facts, published, evidence).filter(({ kind }) => kind !== 'promise')).toEqual([])
    const less = (id: string) => published.filter((one) => one.id !== id)
    expect(driftOf(facts, less('whom-we-tell'), evidence).map(({ key }) => key)).toContain('REC-POLICE')
    expect(driftOf(facts, less('what-we-collect'), evidence).map(({ key }) => key)).toContain('F06')
    expect(driftOf(facts, less('abroad'), evidence).map(({ kind }) => kind)).toContain('transfer')
    expect(driftOf(facts, undefined, evidence)).toHaveLength(1)
    const more: Facts = {
      ...facts,
      registers: {
        ...facts.registers,
        recipients: [
          ...facts.registers.recipients,
          { key: 'REC-NEW', name: 'Somebody new', kind: 'x', plain: 'for x', rules: [], agreement: null },
        ],
      },
    }
    expect(driftOf(more, published, evidence).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['REC-NEW', 'families']),
    )
  })
  test('a promise that nothing keeps is drift', () => {
    const published = makeNotice('families', facts)
    const promised = new Set(published.flatMap(({ keeps }) => keeps).filter((one) => one.startsWith('N')))
    for (const one of promised) expect(evidence.map(({ key }) => key)).toContain(one)
    const broken = driftOf(facts, published, []).filter(({ kind }) => kind === 'promise')
    expect(broken.map(({ key }) => key).sort()).toEqual([...promised].sort())
  })
  test('every group that the record can hold has words for whoever it is about', () => {
    expect(groups.filter(({ code }) => groupWords[code] === undefined)).toEqual([])
  })
  test('N91: a blank contact point is found; as it comes the notice cannot be published', () => {
    expect(blankContacts(facts)).toEqual([])
    expect(blankContacts({ ...facts, registers: shipped }).length).toBeGreaterThan(3)
  })
  test('children read it: short sentences, short words (Flesch and Kincaid, at most the fifth year of school)', () => {
    expect(grade(wholeText('children'))).toBeLessThanOrEqual(5)
    expect(grade(wholeText('families'))).toBeGreaterThan(5)
  })
  test('what two versions say differently is told line by line', () => {
    const before = makeNotice('families', facts)
    const after = makeNotice('families', { ...facts, authority: 'Another Trust' })
    expect(differencesOf(before, before)).toEqual([])
    expect(differencesOf(before, after).map(({ heading }) => heading)).toEqual(['Who we are'])
  })
})

describe('sentence to evidence', () => {
  test('N1 to N99, each once; what is said to be kept or partly kept names what shows it', () => {
    expect(evidence.map(({ key }) => key)).toEqual(Array.from({ length: 99 }, (_, i) => `N${i + 1}`))
    for (const { key, state, tests } of evidence)
      if (state === 'kept') expect([key, tests.length > 0]).toEqual([key, true])
  })
  test('every test that is named is there', () => {
    for (const { tests } of evidence)
      for (const file of tests) expect([file, existsSync(join(root, file))]).toEqual([file, true])
  })
  test('G1 to G25, each answered by a section of the notice', () => {
    const sections = makeNotice('families', facts)
    expect(corrections.map(({ key }) => key)).toEqual(Array.from({ length: 25 }, (_, i) => `G${i + 1}`))
    for (const { key, section } of corrections)
      expect([key, sections.find(({ id }) => id === section)?.keeps.includes(key)]).toEqual([key, true])
  })
})

/** The grade by Flesch and Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59. */
function grade(text: string): number {
  const sentences = text.split(/[.!?:]+\s/).filter((one) => /\w/.test(one)).length
  const words = text.match(/[\p{L}’'-]+/gu)!
  const syllables = words.reduce(
    (sum, word) =>
      sum +
      Math.max(
        1,
        word
          .toLowerCase()
          .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
          .match(/[aeiouy]{1,2}/g)?.length ?? 1,
      ),
    0,
  )
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59
}
