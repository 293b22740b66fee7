import { describe, expect, test } from 'vitest'
import { Across } from './across.ts'
import { Checker, RuleDefect } from './check-child.ts'
import { Collection } from './collection.ts'
import { planFor } from './plan.ts'
import { type Rule, versionIn } from './rule.ts'
import { only, rule } from './ssda903.ts'
import { child903, findings } from './testing.ts'

const simple = { from: '2022-23', flags: 'Episodes.DECOM Header.DOB', message: 'Mend it.' }

describe('a finding', () => {
  const child = child903({
    Episodes: [{ DECOM: '01/05/2025' }, { DECOM: '02/05/2025' }],
    lastYear: { Episodes: {} },
  })

  test('is the row, other rows with their flagged fields, or fewer fields of one', () => {
    const found = (eachEpisode: Parameters<typeof rule>[0]['eachEpisode']) =>
      findings(rule({ ...simple, code: 'X', eachEpisode }), child)
    expect(found(() => true)).toEqual(['Episodes 1 DECOM', 'Episodes 2 DECOM'])
    expect(found((episode, { header }) => episode.row === 1 && [episode, header])).toEqual([
      'Episodes 1 DECOM, Header 1 DOB',
    ])
    expect(found((episode) => episode.row === 2 && only(episode, 'DECOM'))).toEqual(['Episodes 2 DECOM'])
    expect(found(() => undefined)).toEqual([])
  })

  test('is told once for a row, however often a rule comes to it', () => {
    const twice = rule({
      ...simple,
      code: 'X',
      eachChild: ({ Episodes }, report) => {
        report(Episodes[0]!)
        report(Episodes[1]!)
        report(Episodes[0]!)
      },
    })
    expect(findings(twice, child)).toEqual(['Episodes 1 DECOM', 'Episodes 2 DECOM'])
  })

  test('is what any pair of Header rows makes one, where a child has several; told once for each row', () => {
    const asked = rule({
      ...simple,
      code: 'X',
      flags: 'Header.DOB Reviews.REVIEW',
      eachEpisode: ({ DECOM }, { header, lastYear }) =>
        DECOM < header.DOB && lastYear.header.UPN === 'A1' && [header],
      eachReview: ({ REVIEW }, { header }) => REVIEW < header.DOB,
    })
    const told = (nows: { DOB: string }[], lasts: { UPN: string }[] = []) =>
      findings(
        asked,
        child903({
          Header: nows,
          Episodes: { DECOM: '01/05/2025' },
          Reviews: { REVIEW: '01/05/2025' },
          lastYear: { Header: lasts },
        }),
      )
    const [early, late] = [{ DOB: '14/05/2012' }, { DOB: '02/05/2025' }]
    expect(told([early, late], [{ UPN: '' }, { UPN: 'A1' }])).toEqual(['Reviews 1 REVIEW', 'Header 2 DOB'])
    expect(told([early, early], [{ UPN: 'A1' }])).toEqual([])
    expect(told([late], [{ UPN: '' }, { UPN: 'A1' }])).toEqual(['Reviews 1 REVIEW', 'Header 1 DOB'])
  })

  test('of a provisional rule says so', () => {
    const draft = rule({ ...simple, code: 'X', provisional: true, eachEpisode: () => true })
    expect(draft.versions[0]).toMatchObject({
      provisional: true,
      message: expect.stringMatching(/^Mend it\. \(Prov/),
    })
  })

  test('does not mark what is not there to be mended', () => {
    const lastYears = rule({
      ...simple,
      code: 'X',
      eachChild: ({ Episodes, lastYear, header }, report) =>
        report(Episodes[0]!, lastYear.Episodes[0]!, header),
    })
    expect(findings(lastYears, child903({ Header: [], Episodes: {}, lastYear: { Episodes: {} } }))).toEqual([
      'Episodes 1 DECOM',
    ])
  })

  test('of several rules come in the order of the rules', () => {
    const rules = ['B', 'A'].map((code) => rule({ ...simple, code, eachEpisode: () => true }))
    const { ran } = planFor(rules, '2025-26', { has: new Set(['Episodes', 'Header']) })
    const checker = new Checker(ran, new Collection('2025-26'), null)
    expect(checker.check(child as never).map(({ rule }) => ran[rule]!.code)).toEqual(['A', 'A', 'B', 'B'])
  })
})

describe('a defective rule', () => {
  const run = (broken: Rule) => () =>
    new Checker([versionIn(broken, '2025-26')!], new Collection('2025-26'), new Across()).check(
      child903({ Header: { CHILD: 'K7' }, Episodes: {} }) as never,
    )
  const fail = () => {
    throw new TypeError('no such thing')
  }

  test.each([
    ['of a row', rule({ ...simple, code: 'X1', eachEpisode: fail })],
    ['of a child', rule({ ...simple, code: 'X1', eachChild: fail })],
    ['across children', rule({ ...simple, code: 'X1', unique: fail })],
  ])('%s fails the run loudly, naming rule and child', (_what, broken) => {
    expect(run(broken)).toThrow(RuleDefect)
    expect(run(broken)).toThrow('Rule X1 is defective: it failed on child K7: no such thing')
  })

  test('cannot alter its input', () => {
    const altering = rule({
      ...simple,
      code: 'X1',
      eachEpisode: (episode) => {
        episode.DECOM = 0
        return false
      },
    })
    expect(run(altering)).toThrow('read only')
  })

  test('cannot flag what is no field, or be in force at no time', () => {
    expect(() => rule({ ...simple, code: 'X1', flags: 'Episodes.DECOMM' })).toThrow('Episodes.DECOMM')
    expect(() => rule({ code: 'X1', flags: 'Episodes.DECOM', message: '' })).toThrow('from which year')
  })
})

test('who shares a value is told in the order of the return, and of rows, whichever thread saw them first', () => {
  const alike = rule({ ...simple, code: 'X', flags: 'Header.UPN', unique: () => {} })
  const [one, other] = [new Across(), new Across()]
  one.see(0, 'A', 4, 'e', 9)
  one.see(0, 'B', 5, 'f', 10)
  other.see(0, 'A', 1, 'c', 2)
  other.see(0, 'A', 1, 'c', 1)
  other.see(0, 'A', 0, 'b', 0)
  one.addAll(other, 1, () => 3)
  const found = one.findings([versionIn(alike, '2025-26')!], new Collection('2025-26'))
  expect(found.map(({ order, child, places }) => [order, child, places])).toEqual(
    [
      [1, 'b', 3],
      [2, 'c', 4],
      [2, 'c', 5],
      [4, 'e', 9],
    ].map(([order, child, row]) => [order, child, [{ table: 'Header', row, fields: ['UPN'] }]]),
  )
})

describe('the plan', () => {
  const rules = [
    rule({ ...simple, code: '10', needs: 'Episodes Episodes_last' }),
    rule({ ...simple, code: '9', needs: 'uasc|UASC' }),
    rule({ ...simple, code: '11', needs: 'Header Episodes_last+' }),
    rule({ ...simple, code: '8', versions: [{ from: '2022-23', until: '2023-24' }], from: undefined }),
  ]
  const plan = (year: string, has: string[], only?: string[]) => {
    const { ran, notRun } = planFor(rules, year, { has: new Set(has), only: only && new Set(only) })
    return { ran: ran.map(({ code }) => code), notRun }
  }

  test('runs what is in force and has what it needs, by number', () => {
    expect(plan('2023-24', ['Episodes', 'Episodes_last', 'UASC', 'Header'])).toEqual({
      ran: ['8', '9', '10', '11'],
      notRun: [],
    })
  })

  test('says why a rule is not run; of one that is not in force only when it was asked for', () => {
    expect(plan('2025-26', ['Episodes'])).toEqual({
      ran: [],
      notRun: [
        {
          rule: '9',
          why: expect.stringContaining('unaccompanied'),
        },
        { rule: '10', why: 'the table Episodes of the previous year is not there' },
        { rule: '11', why: 'the table Header is not there' },
      ],
    })
    expect(plan('2025-26', ['Header', 'Episodes_last', 'empty:Episodes_last'], ['11']).notRun).toEqual([
      { rule: '11', why: 'the table Episodes of the previous year holds no row' },
    ])
    expect(plan('2025-26', ['Header'], ['8']).notRun).toEqual([
      { rule: '8', why: 'it is not in force in 2025-26' },
    ])
  })
})
