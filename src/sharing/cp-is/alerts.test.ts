import { describe, expect, test } from 'vitest'
import { type ChildFacts, type Content, compare, type Rules, shouldHold, type Told } from './alerts.ts'

const rules: Rules = {
  today: '2026-11-25',
  now: '202611251000',
  contact: 'Fellshire 01632960001',
  sendUntraced: false,
  changedStart: 'delete-then-add',
  daysAfterExpectedBirth: 28,
  statusesNotTold: ['V3', 'V4'],
}
const number = '9990000018'
const person = { id: 'c', reference: 'P-222222', given: 'Robin', family: 'Testchild', born: '2019-03-04' }
const nobody: ChildFacts = {
  child: { ...person, numbers: [{ value: number, status: 'verified' }] },
  plans: [],
  care: [],
  statuses: [],
  twins: [],
  adopted: false,
  hidden: false,
}
const mother = {
  id: 'm',
  reference: 'P-333333',
  given: 'Alex',
  family: 'Testmother',
  born: '1998-05-17',
  numbers: [{ value: '9990000034', status: 'verified' as const }],
}
const plan = { id: 'p', start: '2026-11-20' }
const onPlan = { ...nobody, plans: [plan] }
const unborn: ChildFacts = {
  ...nobody,
  child: { ...person, born: undefined, expected: '2027-02-15', numbers: [] },
  mother,
  plans: [plan],
}

const brief = (facts: ChildFacts, told: Told[] = [], some: Partial<Rules> = {}) => {
  const { send, close, problems } = compare(facts, told, { ...rules, ...some })
  return [
    ...send.map(({ entry: { nhsNumber, type, start, content } }) =>
      [type, nhsNumber, start, content.end ?? '', content.deleteOn ?? ''].join(' ').trim(),
    ),
    ...close.map(({ why }) => `close ${why}`),
    ...problems.map(({ code }) => code),
  ]
}

/** What comparing asked to send, as it stands when the NHS has taken it. */
const acknowledged = (facts: ChildFacts, told: Told[] = [], some: Partial<Rules> = {}): Told[] => {
  const { send } = compare(facts, told, { ...rules, ...some })
  const next = send.map(
    ({ entry, told: before }): Told => ({
      ...entry,
      id: before?.id ?? `${entry.type} ${entry.start} ${entry.nhsNumber}`,
      state: entry.content.deleteOn ? 'deleted' : entry.content.end ? 'ended' : 'live',
      sent: entry.content,
      acknowledged: entry.content,
      deleteOn: before?.deleteOn,
    }),
  )
  return [...told.filter(({ id }) => !next.some((one) => one.id === id)), ...next]
}

describe('what the NHS should hold (T12)', () => {
  const live = acknowledged(onPlan)

  test.each<[string, ChildFacts, Told[], string[]]>([
    ['a plan that began', onPlan, [], [`CPP ${number} 202611200000`]],
    ['the same, told before: nothing', onPlan, live, []],
    [
      'a plan that ended',
      { ...onPlan, plans: [{ ...plan, end: '2026-11-24' }] },
      live,
      [`CPP ${number} 202611200000 202611240000`],
    ],
    [
      'a plan that ended more than a year ago, and was never told: nothing',
      { ...nobody, plans: [{ id: 'p', start: '2024-01-02', end: '2025-11-25' }] },
      [],
      [],
    ],
    [
      'a plan that ended within the year',
      { ...nobody, plans: [{ id: 'p', start: '2024-01-02', end: '2025-11-26' }] },
      [],
      [`CPP ${number} 202401020000 202511260000`],
    ],
    [
      'looked after',
      { ...nobody, care: [{ id: 'k', start: '2026-10-01', shortBreaks: false }] },
      [],
      [`LAC ${number} 202610010000`],
    ],
    [
      'short breaks only: nothing',
      {
        ...nobody,
        care: [{ id: 'k', start: '2026-10-01', shortBreaks: false }],
        statuses: [{ status: 'V4', start: '2026-10-01' }],
      },
      [],
      [],
    ],
    [
      'a care order after short breaks: from the order',
      {
        ...nobody,
        care: [{ id: 'k', start: '2026-10-01', shortBreaks: false }],
        statuses: [
          { status: 'V4', start: '2026-10-01', end: '2026-11-01' },
          { status: 'C1', start: '2026-11-01' },
        ],
      },
      [],
      [`LAC ${number} 202611010000`],
    ],
    [
      'one legal status after another is one stay',
      {
        ...nobody,
        care: [{ id: 'k', start: '2026-10-01', shortBreaks: false }],
        statuses: [
          { status: 'V2', start: '2026-10-01', end: '2026-11-01' },
          { status: 'C1', start: '2026-11-01' },
        ],
      },
      [],
      [`LAC ${number} 202610010000`],
    ],
    [
      'an unborn child: against the mother, with a provisional end',
      unborn,
      [],
      ['UCP 9990000034 202611200000 202703150000'],
    ],
    [
      'died: the plan ends that day',
      { ...onPlan, child: { ...nobody.child, died: '2026-11-23' } },
      live,
      [`CPP ${number} 202611200000 202611230000`],
    ],
    [
      'a pregnancy that ended: at once',
      { ...unborn, child: { ...unborn.child, died: '2026-11-24' } },
      acknowledged(unborn),
      ['UCP 9990000034 202611200000 202611240000'],
    ],
    ['no number', { ...onPlan, child: { ...nobody.child, numbers: [] } }, [], ['no-number']],
    [
      'a number that nobody traced',
      { ...onPlan, child: { ...nobody.child, numbers: [{ value: number, status: 'entered' }] } },
      [],
      ['not-traced'],
    ],
    [
      'a number that cannot be',
      { ...onPlan, child: { ...nobody.child, numbers: [{ value: '9990000019', status: 'entered' }] } },
      [],
      ['number-wrong'],
    ],
    [
      'two traced numbers',
      {
        ...onPlan,
        child: {
          ...nobody.child,
          numbers: [
            { value: number, status: 'verified' },
            { value: '9990000026', status: 'verified' },
          ],
        },
      },
      [],
      ['two-numbers'],
    ],
    ['an unborn child without a mother', { ...unborn, mother: undefined }, [], ['no-mother']],
    [
      'an unborn child whose mother’s number is missing',
      { ...unborn, mother: { ...mother, numbers: [] } },
      [],
      ['mother-number'],
    ],
    ['a record that must not be known to be there', { ...onPlan, hidden: true }, [], ['hidden']],
    ['a plan taken back: a person decides', nobody, live, ['to-delete']],
    [
      'a name corrected',
      { ...onPlan, child: { ...nobody.child, family: 'Testkind' } },
      live,
      [`CPP ${number} 202611200000`],
    ],
  ])('%s', (_, facts, told, expected) => {
    expect(brief(facts, told)).toEqual(expected)
  })

  test('a start that was corrected: the old one is deleted, and only then the new one told', () => {
    const moved = { ...onPlan, plans: [{ ...plan, start: '2026-11-19' }] }
    expect(brief(moved, live)).toEqual([`CPP ${number} 202611200000  202611251000`])
    const deleted = acknowledged(moved, live)
    expect(brief(moved, deleted)).toEqual([`CPP ${number} 202611190000`])
    expect(brief(moved, acknowledged(moved, deleted))).toEqual([])
    expect(brief(moved, live, { changedStart: 'resend' })).toEqual([
      `CPP ${number} 202611190000`,
      'close start-changed',
    ])
  })

  test('unborn to born: the mother’s flag outlasts the birth until the baby’s own is acknowledged', () => {
    const told = acknowledged(unborn)
    const waiting = { ...unborn, child: { ...unborn.child, born: '2026-11-24' } }
    expect(brief(waiting, told)).toEqual(['UCP 9990000034 202611200000 202612220000', 'no-number'])
    const born = {
      ...waiting,
      child: { ...waiting.child, numbers: [{ value: number, status: 'verified' as const }] },
    }
    expect(brief(born, told)).toEqual([
      `CPP ${number} 202611240000`,
      'UCP 9990000034 202611200000 202612220000',
    ])
    const both = acknowledged(born, told)
    expect(brief(born, both)).toEqual(['UCP 9990000034 202611200000 202611240000'])
    expect(brief(born, acknowledged(born, both))).toEqual([])
  })

  test('twins share their mother’s flag: it lasts as long as one of them needs it', () => {
    const twin = { expected: '2027-02-15', plans: [{ id: 'q', start: plan.start }] }
    const lost = { ...unborn, child: { ...unborn.child, died: '2026-11-24' }, twins: [twin] }
    expect(shouldHold(lost, [], rules).entries[0]?.content.end).toBe('202703150000')
  })

  test('a number that ended: nothing more under it, and the new one as soon as it is there', () => {
    const ended = {
      ...onPlan,
      child: { ...nobody.child, numbers: [{ value: number, status: 'inactive' as const }] },
    }
    expect(brief(ended, live)).toEqual(['close number-inactive', 'number-inactive'])
    const renewed = {
      ...onPlan,
      child: {
        ...nobody.child,
        numbers: [
          { value: '9990000026', status: 'verified' as const },
          { value: number, status: 'superseded' as const },
        ],
      },
    }
    expect(brief(renewed, live)).toEqual(['CPP 9990000026 202611200000', 'close number-inactive'])
  })

  test('adoption: after the old number ended nothing is asked of anybody', () => {
    const adopted = {
      ...nobody,
      child: { ...nobody.child, numbers: [{ value: number, status: 'inactive' as const }] },
      care: [{ id: 'k', start: '2025-01-01', end: '2026-11-20', shortBreaks: false }],
      adopted: true,
    }
    expect(brief(adopted)).toEqual([])
    expect(brief(adopted, acknowledged({ ...adopted, child: nobody.child }))).toEqual([
      'close number-inactive',
    ])
  })

  test('at 18 both end; whoever is an adult and was never told is not', () => {
    const grown = {
      ...onPlan,
      child: { ...nobody.child, born: '2008-11-25' },
      plans: [{ id: 'p', start: '2026-01-05' }],
    }
    const told = acknowledged(grown, [], { today: '2026-11-24' })
    expect(brief(grown, told)).toEqual([`CPP ${number} 202601050000 202611250000`])
    expect(brief(grown)).toEqual([])
  })

  test('a wrong number corrected: the right one at once, and two people decide about the wrong', () => {
    const right = {
      ...onPlan,
      child: { ...nobody.child, numbers: [{ value: '9990000026', status: 'verified' as const }] },
    }
    expect(brief(right, live)).toEqual(['CPP 9990000026 202611200000', 'to-delete'])
    const decided = acknowledged(right, live).map((one) =>
      one.nhsNumber === number ? { ...one, deleteOn: '202611251100' } : one,
    )
    expect(brief(right, decided)).toEqual([`CPP ${number} 202611200000  202611251100`])
    expect(brief(right, acknowledged(right, decided))).toEqual([])
  })

  test('what was refused is not sent again until it changes; an end that is refused is said to be worse', () => {
    const refused = live.map((one) => ({
      ...one,
      state: 'rejected' as const,
      code: 'CPR03',
      acknowledged: undefined,
    }))
    expect(brief(onPlan, refused)).toEqual(['CPR03'])
    expect(brief({ ...onPlan, child: { ...nobody.child, given: 'Robyn' } }, refused)).toEqual([
      `CPP ${number} 202611200000`,
    ])
    const ended = { ...onPlan, plans: [{ ...plan, end: '2026-11-24' }] }
    const kept = live.map((one) => ({
      ...one,
      state: 'rejected' as const,
      code: 'CPR07',
      sent: { ...(one.sent as Content), end: '202611240000' },
    }))
    expect(brief(ended, kept)).toEqual(['end-refused'])
  })

  test('while a file is on its way nothing else is said of its plans', () => {
    const flying = live.map((one) => ({ ...one, state: 'sent' as const, acknowledged: undefined }))
    expect(brief({ ...onPlan, plans: [{ ...plan, end: '2026-11-24' }] }, flying)).toEqual([])
  })

  test('the authority’s telephone changed: everything open is told again', () => {
    expect(brief(onPlan, live, { contact: 'Fellshire 01632960009' })).toEqual([`CPP ${number} 202611200000`])
  })
})
