import { describe, expect, test } from 'vitest'
import { eventKind } from '../events/kinds.ts'
import type { Happening } from '../events/store.ts'
import { chronologyPaper, curated, entriesOf, type Mark, sourceWords, toldOf } from './chronology-curating.ts'
import { summaryIsOld } from './living-summary.ts'
import { placesOf } from './papers/paper.ts'

const ana = { id: 'ana', name: 'Ana', people: ['ana', 'ana-too'] }
const ben = { id: 'ben', name: 'Ben', people: ['ben'] }
let made = 0
function happening(person: string, kind: string, day: string, more: Partial<Happening> = {}): Happening {
  made += 1
  return {
    id: `event-${made}`,
    personId: person,
    kind: eventKind(kind),
    day,
    moment: undefined,
    group: 'F09',
    factId: `fact-${made}`,
    fact: {},
    words: kind,
    recordedAt: new Date('2026-11-25T10:00:00Z'),
    recordedBy: undefined,
    importRunId: undefined,
    importPlace: undefined,
    ...more,
  }
}
const markOn = (one: Happening, more: Partial<Mark>): Mark => ({
  person: one.personId,
  eventKind: one.kind.kind,
  factId: one.factId,
  significant: false,
  words: null,
  impact: null,
  leftOutBecause: null,
  by: null,
  ...more,
})

describe('the lines of a chronology', () => {
  test('what happened to sisters and brothers on one day in the same words is one line; the same twice to one child is two', () => {
    const happened = [
      happening('ana', 'child-protection-plan-started', '2026-03-01'),
      happening('ben', 'child-protection-plan-started', '2026-03-01'),
      happening('ana-too', 'child-protection-plan-started', '2026-03-01'),
      happening('ben', 'went-missing', '2026-03-01'),
      happening('somebody-else', 'went-missing', '2026-03-01'),
    ]
    const entries = entriesOf([ana, ben], happened, [])
    expect(entries.map(({ words, of }) => [words, of.map(({ name }) => name)])).toEqual([
      ['child-protection-plan-started', ['Ana', 'Ben']],
      ['child-protection-plan-started', ['Ana']],
      ['went-missing', ['Ben']],
    ])
  })

  test('each child keeps what it meant for them', () => {
    const [one, other] = [
      happening('ana', 'case-closed', '2026-03-01'),
      happening('ben', 'case-closed', '2026-03-01'),
    ]
    const [line] = entriesOf(
      [ana, ben],
      [one, other],
      [markOn(one, { impact: 'Relief' }), markOn(other, { impact: 'Loss' })],
    )
    expect(line!.impact).toEqual([
      { child: 'Ana', words: 'Relief' },
      { child: 'Ben', words: 'Loss' },
    ])
  })

  test('daily work is for others only when a worker says so; what is left out by hand never is', () => {
    const visit = happening('ana', 'child-seen', '2026-03-01')
    const plan = happening('ana', 'child-protection-plan-started', '2026-03-02')
    const need = happening('ana', 'referral-received', '2026-03-03')
    const lines = (marks: Mark[], significant = false) =>
      curated(entriesOf([ana], [visit, plan, need], marks), significant).map(({ words }) => words)
    expect(lines([])).toEqual(['child-protection-plan-started', 'referral-received'])
    expect(lines([markOn(visit, { significant: true, words: 'Saw the bruise' })])).toEqual([
      'Saw the bruise',
      'child-protection-plan-started',
      'referral-received',
    ])
    expect(lines([markOn(plan, { leftOutBecause: 'Entered twice' })])).toEqual(['referral-received'])
    expect(lines([], true)).toEqual(['child-protection-plan-started'])
  })

  test.each([
    [{ origin: 'police' }, 'Police: ask before it is passed on'],
    [{ origin: 'police', ask_first: true }, 'Police: ask before it is passed on'],
    [{ origin: 'school' }, 'Third party: school or nursery'],
    [{ origin: 'health', ask_first: true }, 'Third party: health; ask first'],
    [{ origin: 'child' }, ''],
    [{ origin: 'constructor' }, 'Third party: not recorded by whom'],
    [{}, ''],
  ])('who told it: %j', (fact, words) => {
    expect(
      sourceWords({ told: toldOf(fact), happening: happening('ana', 'case-closed', '2026-01-01') } as never),
    ).toBe(words)
  })
})

test('the paper is the earliest first, tells the children, the purpose and what was left out, and no kept address', () => {
  const happened = [
    happening('ben', 'moved-in', '2026-05-01', { group: 'F04', words: 'Moved to OT7 3QX' }),
    happening('ana', 'referral-received', '2026-01-01'),
  ]
  const paper = chronologyPaper(entriesOf([ana, ben], happened, []), {
    authority: 'Fellshire',
    children: [
      { name: 'Ana', born: '2016-03-05' },
      { name: 'Ben', born: null },
    ],
    purpose: 'For court: 3 December',
    madeBy: 'Sam',
    asAt: new Date('2026-11-25T10:00:00Z'),
    from: '2026-01-01',
    to: undefined,
    leftOut: 2,
  })
  const words = placesOf(paper)
    .map(({ text }) => text)
    .join('\n')
  expect(words.indexOf('referral-received')).toBeLessThan(words.indexOf('Moved (the address is kept'))
  expect(words).not.toContain('OT7')
  for (const said of [
    'Ana, born 5 Mar 2016',
    'For court: 3 December',
    'Since 1 Jan 2026',
    '2 entries',
    'As known on',
  ])
    expect(words).toContain(said)
})

test.each([
  ['2026-08-26', false],
  ['2026-08-25', true],
] as const)('a summary of %s is older than a quarter on 25 November: %s', (written, old) => {
  expect(summaryIsOld(written, '2026-11-25')).toBe(old)
})
