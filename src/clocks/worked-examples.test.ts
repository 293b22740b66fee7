import { describe, expect, test } from 'vitest'
import { isoDay } from './calendar.ts'
import type { Happened } from './history.ts'
import { allDue, dueOf, happened, period, rules } from './testing.ts'
import { howCounted } from './words.ts'

/**
 * The worked examples of the practice specification, 18.4, by their numbers. `skipped` are the bank holidays that the
 * words name, `plan` the earlier day to plan for.
 */
interface Example {
  due: string
  skipped?: string[]
  plan?: string
}
type Row = readonly [number: string, clock: string, events: () => Happened[], Example]

const inCare = (from: string, more: Happened[] = []) => [
  ...period('period_of_care', ['care-began', from], ['care-ended', undefined]),
  ...more,
]
const onPlan = (from: string, more: Happened[] = []) => [
  ...period(
    'child_protection_plan',
    ['child-protection-plan-started', from],
    ['child-protection-plan-ended', undefined],
  ),
  ...more,
]
const contact = (on: string) => [happened('contact-received', on)]
const assessment = (on: string) => [happened('assessment-started', on, { table: 'assessment' })]
const enquiry = (on: string) => [happened('section-47-started', on, { table: 'section_47' })]
const review = (on: string) => happened('looked-after-review-held', on)
const placed = (from: string, visits: string[] = [], toEighteen = false) =>
  inCare(from, [
    ...period('placement', ['placement-began', from], ['placement-ended', undefined], {
      place: 'U6',
      to_eighteen: toEighteen,
    }),
    ...visits.map((on) => happened('child-seen', on, { fact: { kind: 'looked-after' } })),
  ])
const born = (on: string) => happened('born', on)

const examples: Row[] = [
  ['1', 'REF-01', () => contact('2026-05-22'), { due: '2026-05-26', skipped: ['25 May'] }],
  ['2', 'REF-01', () => contact('2026-04-02'), { due: '2026-04-07', skipped: ['3 Apr', '6 Apr'] }],
  ['3', 'REF-01', () => contact('2026-06-14'), { due: '2026-06-15', skipped: [] }],
  [
    '4',
    'ASM-01',
    () => assessment('2026-03-16'),
    { due: '2026-05-21', skipped: ['3 Apr', '6 Apr', '4 May'] },
  ],
  [
    '5',
    'ASM-01',
    () => assessment('2025-11-14'),
    { due: '2026-01-21', skipped: ['25 Dec', '26 Dec', '1 Jan'] },
  ],
  [
    '6',
    'ASM-01',
    () => assessment('2022-04-25'),
    { due: '2022-06-30', skipped: ['2 May', '2 Jun', '3 Jun'] },
  ],
  ['7', 'ICPC-01', () => enquiry('2026-03-24'), { due: '2026-04-16', skipped: ['3 Apr', '6 Apr'] }],
  [
    '8',
    'ICPC-01',
    () => enquiry('2026-12-16'),
    { due: '2027-01-11', skipped: ['25 Dec', '28 Dec', '1 Jan'] },
  ],
  ['9', 'ICPC-01', () => enquiry('2023-04-27'), { due: '2023-05-22', skipped: ['1 May', '8 May'] }],
  ['10', 'CG-01', () => onPlan('2026-04-22'), { due: '2026-05-07', skipped: ['4 May'] }],
  ['11', 'CG-01', () => onPlan('2026-12-18'), { due: '2027-01-06', skipped: ['25 Dec', '28 Dec', '1 Jan'] }],
  ['12', 'CG-01', () => onPlan('2026-05-19'), { due: '2026-06-03', skipped: ['25 May'] }],
  ['13', 'CPR-01', () => onPlan('2025-11-28'), { due: '2026-02-28', plan: '2026-02-27' }],
  ['14', 'CPR-01', () => onPlan('2026-11-30'), { due: '2027-02-28', plan: '2027-02-26' }],
  [
    '15',
    'CPR-02',
    () => onPlan('2026-05-29', [happened('child-protection-review-held', '2026-08-27')]),
    { due: '2027-02-27', plan: '2027-02-26' },
  ],
  ['16', 'CLA-04', () => inCare('2026-04-02'), { due: '2026-05-05', skipped: ['3 Apr', '6 Apr', '4 May'] }],
  ['17', 'CLA-04', () => inCare('2026-12-12'), { due: '2027-01-13', skipped: ['25 Dec', '28 Dec', '1 Jan'] }],
  ['18', 'CLA-04', () => inCare('2025-08-04'), { due: '2025-09-02', skipped: ['25 Aug'] }],
  ['19', 'CLA-05', () => inCare('2026-04-02', [review('2026-04-30')]), { due: '2026-07-30' }],
  [
    '20',
    'CLA-06',
    () => inCare('2025-12-02', [review('2025-12-30'), review('2026-03-31')]),
    { due: '2026-09-30' },
  ],
  [
    '21',
    'CLA-05',
    () => inCare('2026-11-02', [review('2026-11-30')]),
    { due: '2027-02-28', plan: '2027-02-26' },
  ],
  ['22', 'VIS-01', () => placed('2026-12-18'), { due: '2026-12-25', plan: '2026-12-24' }],
  ['23', 'VIS-02', () => placed('2026-12-18', ['2026-12-23']), { due: '2027-02-03' }],
  ['24', 'VIS-03', () => placed('2025-01-06', ['2026-05-05'], true), { due: '2026-08-05' }],
  ['25', 'HLT-01', () => inCare('2026-03-23'), { due: '2026-04-22', skipped: ['3 Apr', '6 Apr'] }],
  [
    '26',
    'HLT-02',
    () => inCare('2026-01-05', [born('2022-09-10'), happened('health-assessment-done', '2026-02-02')]),
    { due: '2026-08-02', plan: '2026-07-31' },
  ],
  [
    '26, the fifth birthday falling before it',
    'HLT-03',
    () => inCare('2026-01-05', [born('2021-07-10'), happened('health-assessment-done', '2026-02-02')]),
    { due: '2027-02-02' },
  ],
  [
    '27',
    'HLT-03',
    () => inCare('2024-02-01', [born('2015-01-10'), happened('health-assessment-done', '2024-02-29')]),
    { due: '2025-02-28' },
  ],
  ['28', 'PTH-01', () => inCare('2024-01-05', [born('2010-01-31')]), { due: '2026-04-30' }],
  [
    '29',
    'PTH-01',
    () => inCare('2024-01-05', [born('2010-11-30')]),
    { due: '2027-02-28', plan: '2027-02-26' },
  ],
  ['30', 'PTH-01', () => inCare('2026-05-11', [born('2010-03-03')]), { due: '2026-11-10' }],
  [
    '31',
    'PF-01',
    () => [happened('private-fostering-notified', '2026-05-22')],
    { due: '2026-06-03', skipped: ['25 May'] },
  ],
  [
    '32',
    'PF-01',
    () => [happened('private-fostering-notified', '2026-12-21')],
    { due: '2027-01-04', skipped: ['25 Dec', '28 Dec', '1 Jan'] },
  ],
  [
    '33',
    'PF-01',
    () => [happened('private-fostering-notified', '2026-06-10')],
    { due: '2026-06-19', skipped: [] },
  ],
  [
    '34',
    'CMP-01',
    () => [happened('complaint-accepted', '2026-12-21')],
    { due: '2027-01-07', skipped: ['25 Dec', '28 Dec', '1 Jan'] },
  ],
  [
    '35',
    'CMP-01',
    () => [
      happened('complaint-accepted', '2026-12-21'),
      happened('complaint-stage-1-extended', '2027-01-04'),
    ],
    { due: '2027-01-21', skipped: ['25 Dec', '28 Dec', '1 Jan'] },
  ],
  [
    '36',
    'CMP-02',
    () => [happened('complaint-statement-agreed', '2026-03-30')],
    { due: '2026-05-07', skipped: ['3 Apr', '6 Apr', '4 May'] },
  ],
]

const wordsOf = (clock: string, events: Happened[]) => {
  const due = dueOf(clock, events).at(-1)!
  return howCounted(
    {
      ...due,
      clock: due.clock.id,
      startedKind: due.startedBy.kind,
      startedAt: due.startedBy.at,
      extendedKind: due.extendedBy?.kind,
      extendedOn: due.extendedBy?.day,
    },
    rules.calendar,
  ).join(' ')
}

describe('worked examples of 18.4', () => {
  test.each(examples)('%s: %s', (_, clock, events, { due, skipped, plan }) => {
    const found = dueOf(clock, events()).at(-1)!
    expect(isoDay(found.dueOn!)).toBe(due)
    expect(isoDay(found.planOn!)).toBe(plan ?? due)
    const words = wordsOf(clock, events())
    if (skipped) {
      const named = /bank holidays: ([^.]*)\./.exec(words)?.[1] ?? ''
      expect(
        [...named.matchAll(/\d+ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/g)].map(([day]) => day),
      ).toEqual(skipped)
    }
    if (plan) expect(words).toContain('the day does not move: plan for')
  })

  test.each([
    ['37', '2026-03-28T22:00Z', '2026-03-31T22:00:00.000Z', 'Tue 31 Mar 2026, 23:00 BST'],
    ['38', '2026-10-23T19:00Z', '2026-10-26T19:00:00.000Z', 'Mon 26 Oct 2026, 19:00 GMT'],
    ['39', '2026-12-24T18:30Z', '2026-12-27T18:30:00.000Z', 'Sun 27 Dec 2026, 18:30 GMT'],
  ])('%s: MIS-01, found at %s', (_, found, due, said) => {
    const events = [happened('found', found, { table: 'missing_episode' })]
    expect(new Date(dueOf('MIS-01', events)[0]!.dueAt!).toISOString()).toBe(due)
    expect(wordsOf('MIS-01', events)).toContain(`Due ${said}`)
  })

  test('one start is counted once', () => {
    for (const [, clock, events] of examples) {
      const rows = allDue(events()).filter((due) => due.clock.id === clock)
      expect(new Set(rows.map(({ startedOn }) => startedOn)).size).toBe(rows.length)
    }
  })
})
