import { describe, expect, test } from 'vitest'
import { birthday, Calendar, dayNumber, isoDay, isWeekend, publishedBankHolidays } from './calendar.ts'
import { allDue, dueOf, happened, period, rules, shown } from './testing.ts'
import { howCounted } from './words.ts'

/**
 * Boundary tests of the practice specification, 18.5, by their numbers. Those that are about what is stored (9, 10, 11,
 * 12 in part) are also in due.db.test.ts; 14 is the temporal key of record.episode (database/temporal-keys.db.test.ts).
 */

const { calendar } = rules
const visit = (on: string, seen = true) =>
  happened(seen ? 'child-seen' : 'visit-attempted', on, { fact: { kind: 'looked-after' } })
const care = (from: string, to?: string) => period('period_of_care', ['care-began', from], ['care-ended', to])
const placement = (from: string, to?: string, fact = {}) =>
  period('placement', ['placement-began', from], ['placement-ended', to], { place: 'U6', ...fact })
const enquiry = (on: string, more = {}) =>
  happened('section-47-started', on, { table: 'section_47', ...more })
const review = (on: string) => happened('looked-after-review-held', on)

/** Working days the slow way, a day at a time. */
function slowly(from: number, count: number): number {
  const holidays = new Set(publishedBankHolidays.map(dayNumber))
  let day = from
  for (let left = count; left > 0; ) {
    day++
    if (!isWeekend(day) && !holidays.has(day)) left--
  }
  return day
}

describe('18.5', () => {
  test('1: a start on the day before each bank holiday', () => {
    for (const holiday of publishedBankHolidays.map(dayNumber)) {
      const [due] = dueOf('REF-01', [happened('contact-received', isoDay(holiday - 1))])
      expect(due?.dueOn, isoDay(holiday)).toBe(slowly(holiday - 1, 1))
      expect(due!.dueOn).not.toBe(holiday)
      for (const days of [5, 10, 20, 45])
        expect(calendar.workingDaysAfter(holiday - 1, days)).toBe(slowly(holiday - 1, days))
    }
  })

  test('2: months from 29 February and from the 31st of each month', () => {
    const due = (from: string) => {
      const [row] = dueOf('CPR-01', [happened('child-protection-plan-started', from, { table: 'plan' })])
      return isoDay(row!.dueOn!)
    }
    expect(due('2024-02-29')).toBe('2024-05-29')
    expect(['01', '03', '05', '07', '08', '10', '12'].map((month) => due(`2026-${month}-31`))).toEqual([
      '2026-04-30',
      '2026-06-30',
      '2026-08-31',
      '2026-10-31',
      '2026-11-30',
      '2027-01-31',
      '2027-03-31',
    ])
    expect([due('2026-11-30'), due('2027-11-30')]).toEqual(['2027-02-28', '2028-02-29'])
  })

  test('3: a child turns 5, 16 and 18 in the middle', () => {
    const assessed = (born: string) =>
      allDue([
        ...care('2025-01-06'),
        happened('born', born),
        happened('health-assessment-done', '2026-02-02'),
      ])
        .filter(({ clock }) => clock.id === 'HLT-02' || clock.id === 'HLT-03')
        .map(({ clock, dueOn }) => [clock.id, isoDay(dueOn!)])
    expect(assessed('2021-08-03')).toEqual([['HLT-02', '2026-08-02']])
    expect(assessed('2021-08-02')).toEqual([['HLT-03', '2027-02-02']])

    const sixteen = [...care('2024-01-08'), happened('born', '2010-06-17')]
    expect(dueOf('PTH-01', sixteen).map(shown)).toEqual([
      { from: '2026-06-17', due: '2026-09-17', state: 'open' },
    ])

    const eighteen = [
      ...care('2024-01-08'),
      happened('born', '2008-11-30'),
      review('2024-02-01'),
      review('2026-10-01'),
    ]
    expect(dueOf('CLA-06', eighteen, '2026-11-29').at(-1)!.state).toBe('open')
    expect(dueOf('CLA-06', eighteen, '2026-11-30').at(-1)).toMatchObject({ state: 'ended', endedBy: 'age' })
  })

  test('4: a move on the day before a visit is due begins anew with a week', () => {
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05', '2026-02-22'),
      ...placement('2026-02-22'),
      visit('2026-01-12'),
    ]
    expect(dueOf('VIS-02', events).map(shown)).toEqual([
      { from: '2026-01-12', due: '2026-02-23', state: 'ended' },
    ])
    expect(dueOf('VIS-01', events).map(shown)).toEqual([
      { from: '2026-01-05', due: '2026-01-12', state: 'met', by: '2026-01-12' },
      { from: '2026-02-22', due: '2026-03-01', state: 'open' },
    ])
  })

  test('5: a strategy discussion held again changes nothing', () => {
    const once = [enquiry('2026-03-24')]
    const again = [
      ...once,
      happened('strategy-discussion-held', '2026-03-31'),
      happened('strategy-discussion-held', '2026-04-08'),
    ]
    expect(dueOf('ICPC-01', again).map(shown)).toEqual(dueOf('ICPC-01', once).map(shown))
  })

  test('6: an assessment that was sent back on day 44 is due when it was', () => {
    const started = happened('assessment-started', '2026-03-16', { table: 'assessment' })
    const events = [
      started,
      happened('assessment-submitted', '2026-05-18'),
      happened('assessment-returned', '2026-05-20'),
    ]
    expect(dueOf('ASM-01', events).map(shown)).toEqual([
      { from: '2026-03-16', due: '2026-05-21', state: 'open' },
    ])
    const authorised = (on: string) =>
      dueOf('ASM-01', [
        ...events,
        happened('assessment-authorised', on, { table: 'assessment', factId: started.factId }),
      ])[0]!
    expect(shown(authorised('2026-05-21')).state).toBe('met')
    expect(shown(authorised('2026-05-22')).state).toBe('met late')
  })

  test('7: a visit that was attempted meets nothing', () => {
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05'),
      visit('2026-01-08', false),
      happened('visit-attempted', '2026-01-09'),
    ]
    expect(dueOf('VIS-01', events)[0]!.state).toBe('open')
    expect(dueOf('VIS-01', [...events, visit('2026-01-10')])[0]!.state).toBe('met')
  })

  test('8: a review that was cancelled and held again counts from when it was held', () => {
    const events = [
      ...care('2026-01-05'),
      review('2026-01-30'),
      happened('review-cancelled', '2026-04-28'),
      review('2026-05-06'),
    ]
    expect(dueOf('CLA-05', events).map(shown)).toEqual([
      { from: '2026-01-30', due: '2026-04-30', state: 'met late', by: '2026-05-06' },
    ])
    expect(dueOf('CLA-06', events).map(shown)).toEqual([
      { from: '2026-05-06', due: '2026-11-06', state: 'open' },
    ])
  })

  test('9: a corrected date of birth counts health and leaving care anew', () => {
    const events = (born: string) => [
      ...care('2025-01-06'),
      happened('born', born),
      happened('health-assessment-done', '2026-02-02'),
    ]
    const found = (born: string) =>
      allDue(events(born), '2027-06-01')
        .filter(({ clock }) => /^(HLT-0[23]|PTH-01)$/.test(clock.id))
        .map(({ clock, dueOn }) => `${clock.id} ${isoDay(dueOn!)}`)
    expect(found('2010-09-01')).toEqual(['HLT-03 2027-02-02', 'PTH-01 2026-12-01'])
    expect(found('2011-03-01')).toEqual(['HLT-03 2027-02-02', 'PTH-01 2027-06-01'])
  })

  test('10: a bank holiday that is proclaimed makes working days a day longer, and nothing else', () => {
    const events = [happened('contact-received', '2026-09-17'), enquiry('2026-09-10'), ...care('2026-09-07')]
    const later = new Calendar({ more: ['2026-09-18'] })
    const days = (more = {}) =>
      Object.fromEntries(
        allDue(events, '2026-09-17', more)
          .filter(({ dueOn }) => dueOn !== undefined)
          .map(({ clock, dueOn }) => [clock.id, isoDay(dueOn!)]),
      )
    const [was, is] = [days(), days({ calendar: later })]
    expect([was['REF-01'], is['REF-01']]).toEqual(['2026-09-18', '2026-09-21'])
    expect([was['ICPC-01'], is['ICPC-01']]).toEqual(['2026-10-01', '2026-10-02'])
    expect(is['PER-01']).toBe(was['PER-01'])
    for (const [clock, day] of Object.entries(is)) expect(day >= was[clock]!, clock).toBe(true)
  })

  test('11: one visit to two siblings completes for each who was seen', () => {
    const child = (seen: boolean) => [
      ...care('2026-01-05'),
      ...placement('2026-01-05'),
      visit('2026-01-10', seen),
    ]
    expect(dueOf('VIS-01', child(true))[0]!.state).toBe('met')
    expect(dueOf('VIS-01', child(false))[0]!.state).toBe('open')
  })

  test('12: a child protection plan ends the clocks of the child in need plan and starts its own', () => {
    const events = [
      ...period(
        'cin_plan',
        ['child-in-need-plan-started', '2026-03-02'],
        ['child-in-need-plan-ended', '2026-05-06'],
      ),
      ...period(
        'child_protection_plan',
        ['child-protection-plan-started', '2026-05-06'],
        ['child-protection-plan-ended', undefined],
      ),
    ]
    const state = (clock: string) => dueOf(clock, events, '2026-05-06').map(({ state }) => state)
    expect([state('CINR-01'), state('CINV-01')]).toEqual([['ended'], ['ended']])
    expect([state('CG-01'), state('CPR-01'), state('CPV-01')]).toEqual([['open'], ['open'], ['open']])
  })

  test('13: at 18 the clocks of care end, and those of leaving care go on', () => {
    const events = [
      ...care('2023-01-09', '2026-07-01'),
      ...placement('2023-01-09', '2026-07-01'),
      happened('born', '2008-07-01'),
      review('2026-05-01'),
      visit('2026-06-20'),
      happened('pathway-plan-agreed', '2026-04-01'),
    ]
    const open = allDue(events, '2026-07-02')
      .filter(({ state }) => state === 'open')
      .map(({ clock }) => clock.id)
    expect(open).toContain('PTH-04a')
    expect(open.filter((id) => /^(CLA-0[4-9]|VIS|HLT|PEP|IRO)/.test(id))).toEqual([])
  })

  test.each([
    ['spring', '2026-03-28T22:00Z', '2026-03-31T22:00:00.000Z'],
    ['autumn', '2026-10-24T22:30+01:00', '2026-10-27T21:30:00.000Z'],
  ])('15: 72 hours through the change of the clock in %s', (_, found, due) => {
    const [row] = dueOf('MIS-01', [happened('found', found, { table: 'missing_episode' })])
    expect(new Date(row!.dueAt!).toISOString()).toBe(due)
    const held = (at: string) =>
      dueOf('MIS-01', [
        happened('found', found, { table: 'missing_episode' }),
        happened('return-interview-held', at),
      ])[0]!
    expect(held(due).late).toBe(false)
    expect(held(new Date(row!.dueAt! + 60_000).toISOString()).late).toBe(true)
  })

  test('15: hours from a day without an hour are from its beginning in London', () => {
    const [row] = dueOf('MIS-01', [happened('found', '2026-07-01', { table: 'missing_episode' })])
    expect(new Date(row!.dueAt!).toISOString()).toBe('2026-07-03T23:00:00.000Z')
  })

  test.each([
    ['a Saturday', '2026-11-28', '2026-12-11'],
    ['a Sunday', '2026-11-29', '2026-12-11'],
    ['a bank holiday', '2026-05-25', '2026-06-08'],
  ])('16: day 0 is %s', (_, from, due) => {
    expect(
      shown(dueOf('CG-01', [happened('child-protection-plan-started', from, { table: 'plan' })])[0]!).due,
    ).toBe(due)
  })

  test('17: what was recorded late but done in time is in time, and is said to be recorded late', () => {
    const events = [
      enquiry('2026-03-24'),
      happened('initial-conference-held', '2026-04-16', { recordedOn: dayNumber('2026-05-04') }),
    ]
    const [due] = dueOf('ICPC-01', events)
    expect(shown(due!)).toMatchObject({ state: 'met', due: '2026-04-16' })
    const words = howCounted(
      {
        ...due!,
        clock: 'ICPC-01',
        startedKind: 'section-47-started',
        completedKind: due!.completedBy!.kind,
        completedOn: due!.completedBy!.day,
        completedRecordedOn: due!.completedBy!.recordedOn,
      },
      calendar,
    )
    expect(words.at(-1)).toBe('It was recorded after the due day, on Mon 4 May 2026.')
  })
})

test('a due day is said as every other date of the service is', () => {
  const [due] = dueOf('CG-01', [happened('child-protection-plan-started', '2026-09-01', { table: 'plan' })])
  expect(
    howCounted({ ...due!, clock: 'CG-01', startedKind: 'child-protection-plan-started' }, calendar),
  ).toContain('Due Tue 15 Sep 2026, that day included.')
})

describe('what the list means by its words', () => {
  test('a conference answers the enquiry it names; one that names none answers any', () => {
    const first = enquiry('2026-03-02')
    const second = enquiry('2026-04-07')
    const held = (fact = {}) => happened('initial-conference-held', '2026-04-20', { fact })
    const states = (conference: ReturnType<typeof held>) =>
      dueOf('ICPC-01', [first, second, conference]).map(({ state }) => state)
    expect(states(held({ section_47_id: second.factId }))).toEqual(['open', 'met'])
    expect(states(held())).toEqual(['met', 'met'])
  })

  test('an enquiry that ends without a conference has met its clock', () => {
    const first = enquiry('2026-03-02')
    const ended = happened('section-47-ended', '2026-03-12', {
      table: 'section_47',
      factId: first.factId,
      fact: { icpc_not_required: true },
    })
    expect(dueOf('ICPC-01', [first, ended]).map(shown)).toEqual([
      { from: '2026-03-02', due: '2026-03-23', state: 'met', by: '2026-03-12' },
    ])
    expect(dueOf('ICPC-01', [enquiry('2026-03-02', { fact: { icpc_not_required: true } })])).toEqual([])
  })

  test('after a placement’s first year visits are as its plan says', () => {
    const events = (fact: object) => [
      ...care('2024-01-08'),
      ...placement('2024-01-08', undefined, fact),
      visit('2024-12-20'),
      visit('2025-01-08'),
      visit('2025-02-18'),
    ]
    const found = (fact: object) =>
      allDue(events(fact), '2025-03-01')
        .filter(({ clock }) => clock.id.startsWith('VIS-0') && clock.id !== 'VIS-01')
        .map(({ clock, startedOn, dueOn }) => `${clock.id} ${isoDay(startedOn)} ${isoDay(dueOn!)}`)
    expect(found({})).toEqual([
      'VIS-02 2024-12-20 2025-01-31',
      'VIS-02b 2025-01-08 2025-02-19',
      'VIS-02b 2025-02-18 2025-04-01',
    ])
    expect(found({ to_eighteen: true })).toEqual([
      'VIS-02 2024-12-20 2025-01-31',
      'VIS-03 2025-01-08 2025-04-08',
      'VIS-03 2025-02-18 2025-05-18',
    ])
  })

  test('at home under an interim order visits are weekly until the first review, then every four weeks', () => {
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05', undefined, { place: 'P1' }),
      ...period('legal_status', ['legal-status-began', '2026-01-05'], ['legal-status-ended', undefined], {
        legal_status: 'C1',
      }),
      visit('2026-01-12'),
      review('2026-01-30'),
      visit('2026-02-02'),
    ]
    expect(dueOf('VIS-05b', events).map(({ dueOn }) => isoDay(dueOn!))).toEqual([
      '2026-01-12',
      '2026-01-19',
      '2026-03-02',
    ])
    expect(dueOf('VIS-01', events)).toEqual([])
  })

  test('a child placed for adoption is reviewed by the adoption regulations', () => {
    const adopted = placement('2026-03-02', undefined, { place: 'A5' })
    const events = [
      ...care('2025-01-06'),
      review('2025-02-03'),
      review('2025-05-01'),
      ...adopted,
      review('2026-03-27'),
      review('2026-06-26'),
    ]
    expect(dueOf('ADO-06', events).map(shown)).toEqual([
      { from: '2026-03-02', due: '2026-03-30', state: 'met', by: '2026-03-27' },
      { from: '2026-03-27', due: '2026-06-27', state: 'met', by: '2026-06-26' },
      { from: '2026-06-26', due: '2026-12-26', state: 'open' },
    ])
    expect(dueOf('CLA-06', events).map(({ state }) => state)).toEqual(['ended'])
  })

  test('short breaks are capped at 17 days each and 75 in any twelve months', () => {
    const stay = (from: string, to?: string) =>
      period('period_of_care', ['care-began', from], ['care-ended', to], { short_breaks: true })
    const events = [
      ...stay('2026-01-01', '2026-01-31'),
      ...stay('2026-03-01', '2026-03-31'),
      ...stay('2026-06-01'),
    ]
    expect(isoDay(dueOf('SHB-04a', events).at(-1)!.dueOn!)).toBe('2026-06-18')
    expect(isoDay(dueOf('SHB-04b', events).at(-1)!.dueOn!)).toBe('2026-06-16')
    expect(dueOf('CLA-04', events)).toEqual([])
  })

  test('thirteen weeks in care since 14 are counted through several periods, short breaks left out', () => {
    const born = happened('born', '2010-03-03')
    const early = care('2024-04-01', '2024-05-27')
    const found = dueOf('PTH-01', [born, ...early, ...care('2026-05-11')])
    expect(found.map(shown)).toEqual([{ from: '2026-06-15', due: '2026-09-15', state: 'open' }])
    expect(dueOf('PTH-01', [born, ...care('2024-04-01', '2026-03-02')])).toEqual([])
  })

  test('an emergency protection order that is extended runs fifteen days in all', () => {
    const order = period(
      'legal_status',
      ['legal-status-began', '2026-05-01'],
      ['legal-status-ended', undefined],
      { legal_status: 'L2' },
    )
    expect(isoDay(dueOf('LEG-02', order)[0]!.dueOn!)).toBe('2026-05-08')
    expect(
      isoDay(
        dueOf('LEG-02', [...order, happened('emergency-protection-order-extended', '2026-05-08')])[0]!.dueOn!,
      ),
    ).toBe('2026-05-15')
  })

  test('a plan for permanence is due with the second review', () => {
    expect(dueOf('PER-01', care('2026-04-02')).map(shown)).toEqual([
      { from: '2026-04-02', due: undefined, state: 'open' },
    ])
    expect(dueOf('PER-01', [...care('2026-04-02'), review('2026-04-30')]).map(shown)).toEqual([
      { from: '2026-04-02', due: '2026-07-30', state: 'open' },
    ])
  })

  test('what no return tells is not known, not late, for what came by import', () => {
    const imported = new Set(['placement-began', 'initial-conference-held'])
    const brought = { imported: true, recordedOn: dayNumber('2026-06-01') }
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05').map((one) => ({ ...one, ...brought })),
      enquiry('2026-03-02', brought),
    ]
    expect(dueOf('VIS-01', events, '2026-06-02', { imported })[0]!.state).toBe('not-known')
    expect(dueOf('ICPC-01', events, '2026-06-02', { imported })[0]!.state).toBe('open')
  })

  test('nothing starts on the day its stretch ends, and what is done that day is done', () => {
    const plan = period(
      'child_protection_plan',
      ['child-protection-plan-started', '2026-01-12'],
      ['child-protection-plan-ended', '2026-04-09'],
    )
    const events = [...plan, happened('child-protection-review-held', '2026-04-09')]
    expect(dueOf('CPR-01', events).map(shown)).toEqual([
      { from: '2026-01-12', due: '2026-04-12', state: 'met', by: '2026-04-09' },
    ])
    expect(dueOf('CPR-02', events)).toEqual([])
  })

  test('whoever was born on a leap day reaches an age on 1 March of a year without one', () => {
    const ages = [16, 17, 18].map((age) => isoDay(birthday(dayNumber('2008-02-29'), age)))
    expect(ages).toEqual(['2024-02-29', '2025-03-01', '2026-03-01'])
  })

  test('two visits on a day are one interval, and neither completes the other', () => {
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05'),
      visit('2026-01-10'),
      visit('2026-01-10'),
    ]
    expect(dueOf('VIS-02', events).map(shown)).toEqual([
      { from: '2026-01-10', due: '2026-02-21', state: 'open' },
    ])
  })

  test('an assessment is completed by its own authorisation, not by another’s', () => {
    const [first, second] = ['2026-03-02', '2026-04-07'].map((on) =>
      happened('assessment-started', on, { table: 'assessment' }),
    ) as [ReturnType<typeof happened>, ReturnType<typeof happened>]
    const done = happened('assessment-authorised', '2026-04-20', {
      table: 'assessment',
      factId: second.factId,
    })
    expect(dueOf('ASM-01', [first, second, done]).map(({ state }) => state)).toEqual(['open', 'met'])
  })

  test('nothing starts at the age at which it would end', () => {
    const events = [happened('born', '2008-03-24'), enquiry('2026-03-24')]
    expect(dueOf('ICPC-01', events)).toEqual([])
    expect(dueOf('ICPC-01', [happened('born', '2008-03-25'), enquiry('2026-03-24')]).length).toBe(1)
  })

  test('the third time missing within 90 days asks for a meeting, the day after the ninetieth no more', () => {
    const went = (on: string) => happened('went-missing', on, { table: 'missing_episode' })
    const third = (on: string) => dueOf('MIS-02b', [went('2026-03-01'), went('2026-03-20'), went(on)]).length
    expect([third('2026-05-29'), third('2026-05-30')]).toEqual([1, 0])
  })

  test('a fifth of the time before, or five working days, it is due soon', () => {
    const review = happened('child-protection-review-held', '2026-03-02')
    const [due] = dueOf('CPR-02', [
      ...period(
        'plan',
        ['child-protection-plan-started', '2026-01-05'],
        ['child-protection-plan-ended', undefined],
      ),
      review,
    ])
    expect(isoDay(due!.soonOn!)).toBe('2026-07-27')
    expect(
      isoDay(
        dueOf('CG-01', [happened('child-protection-plan-started', '2026-03-02', { table: 'plan' })])[0]!
          .soonOn!,
      ),
    ).toBe('2026-03-09')
  })

  test('the first review that a return brings is not taken for the first there was', () => {
    const brought = (events: ReturnType<typeof care>) => events.map((one) => ({ ...one, imported: true }))
    const old = brought([...care('2019-05-07'), review('2025-06-02')])
    expect(dueOf('CLA-04', old, '2025-07-01')[0]).toMatchObject({
      state: 'ended',
      endedBy: 'unseen',
      late: false,
    })
    expect(dueOf('CLA-05', old, '2025-07-01')).toEqual([])
    expect(dueOf('CLA-06', old, '2025-07-01').map(shown)).toEqual([
      { from: '2025-06-02', due: '2025-12-02', state: 'open' },
    ])
    const recent = brought([...care('2025-03-10'), review('2025-04-14')])
    expect(dueOf('CLA-04', recent, '2025-07-01')[0]).toMatchObject({ state: 'met', late: true })
    expect(dueOf('CLA-05', recent, '2025-07-01').length).toBe(1)
    // What was recorded here is taken as it is.
    expect(dueOf('CLA-04', [...care('2019-05-07'), review('2025-06-02')], '2025-07-01')[0]).toMatchObject({
      state: 'met',
      late: true,
    })
    const started = happened('assessment-started', '2024-01-08', { table: 'assessment', imported: true })
    const done = happened('assessment-authorised', '2024-05-20', {
      table: 'assessment',
      factId: started.factId,
      imported: true,
    })
    expect(dueOf('ASM-01', [started, done])[0]).toMatchObject({ state: 'met', late: true })
  })

  test('what was due on the day it came by import is open', () => {
    const brought = { imported: true, recordedOn: dayNumber('2026-01-12') }
    const events = [...care('2026-01-05'), ...placement('2026-01-05').map((one) => ({ ...one, ...brought }))]
    const state = (recordedOn: string) =>
      dueOf(
        'VIS-01',
        events.map((one) => ({ ...one, recordedOn: dayNumber(recordedOn) })),
        '2026-02-01',
        { imported: new Set() },
      )[0]!.state
    expect([state('2026-01-12'), state('2026-01-13')]).toEqual(['open', 'not-known'])
  })

  test('death ends everything', () => {
    const events = [
      ...care('2026-01-05'),
      ...placement('2026-01-05'),
      happened('born', '2015-01-01'),
      happened('died', '2026-02-01'),
    ]
    expect(allDue(events, '2026-02-01').filter(({ state }) => state === 'open')).toEqual([])
  })
})
