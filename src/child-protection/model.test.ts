import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  censusOf,
  conferenceState,
  decisionsOf,
  discussionState,
  earlierPlan,
  enquiryState,
  eventsOf,
  handledAs,
  type Machine,
  mayNot,
  passagesFor,
  plansBefore,
  quorum,
  statesOf,
  step,
  wrongConferenceDay,
  wrongDecision,
  wrongWithEnding,
  wrongWithFindings,
} from './model.ts'
import { type Agency, agencies, outcomes } from './words.ts'

const machines: readonly Machine[] = ['discussion', 'enquiry', 'conference', 'plan']
const begins: Record<Machine, string> = {
  discussion: 'asked',
  enquiry: 'open',
  conference: 'asked',
  plan: 'active',
}

/** The tables of practice 4.1 and 5.1 written a second time. */
const table: Record<Machine, readonly string[]> = {
  discussion: [
    'asked convene convened',
    'asked hold held',
    'asked call-off called-off',
    'convened convene convened',
    'convened hold held',
    'convened call-off called-off',
    'held decide decided',
  ],
  enquiry: [
    'open discuss open',
    'open submit submitted',
    'submitted discuss submitted',
    'submitted return open',
    'submitted authorise concluded',
    'concluded open-again open',
  ],
  conference: [
    'asked schedule scheduled',
    'asked cancel cancelled',
    'scheduled postpone scheduled',
    'scheduled cancel cancelled',
    'scheduled hold held',
    'held correct held',
    'held send-minutes held',
  ],
  plan: [
    'active meet-core-group active',
    'active continue active',
    'active end ended',
    'active end-without-conference ended',
    'active take-back taken-back',
  ],
}

describe('what may happen next', () => {
  test.each(machines)('%s: every step of the table, and every other is refused in words', (machine) => {
    for (const from of statesOf(machine))
      for (const event of eventsOf(machine)) {
        const found = step(machine, from, event)
        const row = table[machine].find((one) => one.startsWith(`${from} ${event} `))
        if (row) expect(found).toEqual({ to: row.split(' ')[2] })
        else expect((found as { refused: string }).refused).toMatch(/^The .+: it cannot .+\. .+\.$/)
      }
  })

  test('random walks: from its beginning nothing leaves the table, and what is over stays over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...machines),
        fc.array(fc.nat(20), { maxLength: 30 }),
        (machine, choices) => {
          let at = begins[machine]
          let over = false
          for (const choice of choices) {
            const events = eventsOf(machine)
            const event = events[choice % events.length]!
            const found = step(machine, at, event)
            if ('refused' in found) {
              expect(mayNot(machine, at, event)).toBe(found.refused)
              continue
            }
            expect(over, `${machine} went on from ${at}`).toBe(false)
            expect(table[machine]).toContain(`${at} ${event} ${found.to}`)
            at = found.to
            over = !table[machine].some((row) => row.startsWith(`${at} `))
          }
        },
      ),
    )
  })

  test('words from outside are no state and no event', () => {
    for (const word of ['__proto__', 'constructor', 'toString'])
      expect([step('plan', word, 'end'), step('plan', 'active', word)].every((one) => 'refused' in one)).toBe(
        true,
      )
  })

  test('rows say their state', () => {
    const none = { planned_on: null, held_on: null, called_off_on: null, cancelled_on: null }
    expect(discussionState(none)).toBe('asked')
    expect(discussionState({ ...none, planned_on: '2026-03-02' })).toBe('convened')
    expect(discussionState({ ...none, held_on: '2026-03-02' })).toBe('decided')
    expect(conferenceState({ ...none, planned_on: '2026-03-02', cancelled_on: '2026-03-01' })).toBe(
      'cancelled',
    )
    expect(enquiryState({ s47_end_date: null, submitted_on: '2026-03-02' })).toBe('submitted')
  })
})

test('one enquiry at a time: a further discussion goes on in it', () => {
  expect(wrongDecision('section-47-joint', true)).toContain('its time goes on')
  expect(wrongDecision('enquiry-goes-on', false)).toBeDefined()
  expect(wrongDecision('section-47-joint', false)).toBeUndefined()
  expect(wrongDecision('none', true)).toBeUndefined()
})

describe('copies of what was said', () => {
  const agency = fc.constantFrom(...(Object.keys(agencies) as Agency[]))
  const meeting = fc.constantFrom('discussion' as const, 'conference' as const, 'core-group' as const)
  test('whatever the marks say, nothing of the police is in a family’s copy; professionals lose nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ agency, meeting, parentMayRead: fc.boolean(), childMayRead: fc.boolean() })),
        (said) => {
          const passages = said.map((one) => ({ ...handledAs(one.agency, one.meeting), ...one }))
          expect(passagesFor(passages, 'professionals')).toEqual(passages)
          for (const reader of ['parents', 'child'] as const)
            for (const one of passagesFor(passages, reader)) {
              expect(one.origin).not.toBe('police')
              expect(reader === 'parents' ? one.parentMayRead : one.childMayRead).toBe(true)
            }
        },
      ),
    )
  })
  test('in a strategy discussion only what social care itself said is open; health never is by default', () => {
    for (const one of Object.keys(agencies) as Agency[]) {
      expect(handledAs(one, 'discussion').parentMayRead, one).toBe(one === 'social-care')
      if (one === 'health') expect(handledAs(one, 'conference').parentMayRead).toBe(false)
    }
    expect(handledAs('education', 'conference').parentMayRead).toBe(true)
  })
})

describe('an enquiry before it goes to a manager', () => {
  const whole = {
    seen: 'alone',
    seenWords: null,
    medical: 'not-needed',
    agenciesWords: 'School and health visitor',
    siblingsWords: 'The brother was seen too',
    analysis: 'The bruises were an accident',
    outcome: 'not-substantiated' as const,
    noConferenceBecause: null,
  }
  test('says everything the law asks, or what is missing', () => {
    expect(wrongWithFindings(whole, false)).toEqual({})
    expect(Object.keys(wrongWithFindings({ ...whole, seen: 'not-seen' }, false))).toEqual(['seenWords'])
    expect(Object.keys(wrongWithFindings({ ...whole, outcome: 'no-continuing-risk' }, false))).toEqual([
      'noConferenceBecause',
    ])
    expect(Object.keys(wrongWithFindings({ ...whole, outcome: 'on-plan-already' }, false))).toEqual([
      'outcome',
    ])
    for (const field of ['seen', 'medical', 'agenciesWords', 'siblingsWords', 'analysis', 'outcome'] as const)
      expect(Object.keys(wrongWithFindings({ ...whole, [field]: null }, false)), field).toEqual([field])
  })
  test('the census: a conference is needed after one outcome alone', () => {
    const needed = Object.keys(outcomes).filter(
      (one) => !censusOf(one as keyof typeof outcomes).icpcNotRequired,
    )
    expect(needed).toEqual(['conference'])
  })
})

describe('a conference', () => {
  const there = (...of: Agency[]) => of.map((agency) => ({ agency, attendance: 'attended' as const }))
  test('is quorate with social care and two other agencies; family and those who stayed away do not count', () => {
    expect(quorum(there('social-care', 'police', 'health')).quorate).toBe(true)
    expect(quorum(there('police', 'health', 'education'))).toEqual({
      quorate: false,
      why: 'Nobody of social care came',
    })
    expect(quorum(there('social-care', 'health', 'health', 'family', 'child', 'advocate'))).toMatchObject({
      quorate: false,
      why: 'One other agency came: 2 are needed',
    })
    expect(
      quorum([...there('social-care', 'health'), { agency: 'police', attendance: 'apologies' }]).quorate,
    ).toBe(false)
  })
  test('decides what its kind can', () => {
    expect(decisionsOf('review')).toEqual(['continue', 'end'])
    expect(decisionsOf('pre-birth')).toEqual(['plan', 'no-plan'])
  })
  test('is on no weekend, and a review after the plan began', () => {
    const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay())
    expect(wrongConferenceDay('initial', '2026-03-07', { isWeekend })).toContain('8875')
    expect(wrongConferenceDay('review', '2026-03-02', { isWeekend, planSince: '2026-03-02' })).toContain(
      '8841',
    )
    expect(wrongConferenceDay('review', '2026-03-03', { isWeekend, planSince: '2026-03-02' })).toBeUndefined()
  })
})

describe('plans', () => {
  test('one before: within two years to the day, or longer ago', () => {
    expect(earlierPlan([], '2026-03-02')).toBe('none')
    expect(earlierPlan(['2024-03-02'], '2026-03-02')).toBe('within-two-years')
    expect(earlierPlan(['2024-03-01'], '2026-03-02')).toBe('longer-ago')
    expect(earlierPlan([], '2026-03-02', 1)).toBe('longer-ago')
  })
  test('their number counts those here, and those elsewhere that an earlier one told of', () => {
    expect(plansBefore([])).toBe(0)
    expect(plansBefore([{ reported: null }])).toBe(1)
    expect(plansBefore([{ reported: 2 }])).toBe(3)
    expect(plansBefore([{ reported: 1 }, { reported: 2 }])).toBe(3)
  })
  test('end after they began, at 18 not before it, and not for a death that is not recorded', () => {
    const plan = { since: '2026-03-02', born: '2012-05-01', died: null }
    expect(wrongWithEnding(plan, { on: '2026-03-02', reason: 'abroad' }).on).toContain('8840')
    expect(wrongWithEnding(plan, { on: '2030-04-30', reason: 'eighteen' })).toHaveProperty('reason')
    expect(wrongWithEnding(plan, { on: '2030-05-01', reason: 'eighteen' })).toEqual({})
    expect(wrongWithEnding(plan, { on: '2026-04-01', reason: 'died' })).toHaveProperty('reason')
    expect(wrongWithEnding({ ...plan, born: null }, { on: '2026-04-01', reason: 'not-born' })).toEqual({})
  })
})
