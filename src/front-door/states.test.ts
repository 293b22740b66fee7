import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actorOf } from './actor.ts'
import {
  type Event,
  type HelpEvent,
  type HelpState,
  helpStep,
  helpWords,
  mayCloseAfterStepDown,
  type State,
  stateWords,
  step,
} from './states.ts'
import { decisionCodes, outcomeCodes } from './words.ts'

const screener = actorOf(['A-DUTY'])
const manager = actorOf(['A-DUTY', 'A-TM'])
const night = actorOf(['A-EDT'])
const elsewhere = actorOf(['A-SW'])
const decide = (more: Partial<Extract<Event, { is: 'decide' }>> = {}): Event => ({
  is: 'decide',
  by: manager,
  decision: 'no-further-action',
  reason: true,
  consent: 'given',
  openCase: false,
  threshold: false,
  priority: false,
  passedTo: false,
  ...more,
})
const whyNot = (state: State, event: Event): string => {
  const went = step(state, event)
  return 'why' in went ? went.why : `to ${went.to}`
}

describe('a contact (practice 1.1)', () => {
  test.each([
    ['none', { is: 'received', by: 'partner', hasMoment: true, hasSource: true, people: 1 }, 'to new'],
    [
      'none',
      { is: 'received', by: screener, hasMoment: false, hasSource: true, people: 1 },
      'Say on which day',
    ],
    [
      'none',
      { is: 'received', by: 'partner', hasMoment: true, hasSource: true, people: 0 },
      'Say which child',
    ],
    ['new', { is: 'matched', by: screener, searched: true, undecided: 0 }, 'to screening'],
    ['new', { is: 'matched', by: screener, searched: false, undecided: 0 }, 'Look first'],
    ['new', { is: 'matched', by: screener, searched: true, undecided: 1 }, 'Say of each person'],
    ['new', { is: 'matched', by: elsewhere, searched: true, undecided: 0 }, 'the work of the front door'],
    ['new', decide(), 'matched with nobody yet'],
    [
      'screening',
      { is: 'ask-information', by: screener, consent: 'given', consentBecause: false, waitingFor: true },
      'to awaiting-information',
    ],
    [
      'screening',
      { is: 'ask-information', by: screener, consent: 'refused', consentBecause: false, waitingFor: true },
      'The family did not agree',
    ],
    [
      'screening',
      { is: 'ask-information', by: screener, consent: undefined, consentBecause: true, waitingFor: true },
      'whether the family agreed',
    ],
    ['screening', decide({ by: screener }), 'A screener proposes'],
    ['screening', decide({ by: elsewhere }), 'the work of the front door'],
    ['screening', decide(), 'to closed'],
    ['screening', decide({ by: night }), 'to closed'],
    ['screening', decide({ reason: false }), 'no decision stands without its reasons'],
    ['screening', decide({ decision: 'early-help', consent: 'refused' }), 'goes on by agreement'],
    ['screening', decide({ decision: 'early-help' }), 'to closed'],
    ['screening', decide({ decision: 'linked-to-open-case' }), 'No case of this child is open'],
    ['screening', decide({ decision: 'linked-to-open-case', openCase: true }), 'to closed'],
    [
      'screening',
      decide({ decision: 'referral', openCase: true, threshold: true, priority: true }),
      'one episode at a time',
    ],
    ['screening', decide({ decision: 'referral', priority: true }), 'which threshold'],
    ['screening', decide({ decision: 'referral', threshold: true }), 'how soon'],
    ['screening', decide({ decision: 'referral', threshold: true, priority: true }), 'to referral-open'],
    ['screening', decide({ decision: 'passed-to-another-authority' }), 'to which authority'],
    ['screening', decide({ badFaith: { reasons: false } }), 'needs reasons, in full'],
    ['awaiting-information', decide(), 'It waits for information'],
    [
      'awaiting-information',
      decide({ decision: 'referral-and-strategy-discussion', threshold: true, priority: true }),
      'to referral-open',
    ],
    ['awaiting-information', { is: 'information-came', by: screener }, 'to screening'],
    ['closed', decide(), 'decided already'],
    ['closed', { is: 'take-back', by: manager, sameDay: true, reason: true }, 'to screening'],
    ['closed', { is: 'take-back', by: manager, sameDay: false, reason: true }, 'on its own day'],
    ['closed', { is: 'take-back', by: screener, sameDay: true, reason: true }, 'A screener proposes'],
    ['referral-open', { is: 'take-back', by: manager, sameDay: true, reason: true }, 'a referral already'],
    [
      'referral-open',
      { is: 'refer-outcome', by: manager, outcomes: ['assessment'], reason: true, team: false },
      'begins with a team',
    ],
    [
      'referral-open',
      { is: 'refer-outcome', by: manager, outcomes: ['assessment', 'uasc'], reason: true, team: true },
      'to referral-taken-on',
    ],
    [
      'referral-open',
      { is: 'refer-outcome', by: screener, outcomes: ['uasc'], reason: true, team: true },
      'A manager',
    ],
    [
      'referral-open',
      { is: 'refer-no-further-action', by: manager, reason: true, anythingFollowed: false },
      'to referral-no-further-action',
    ],
    [
      'referral-open',
      { is: 'refer-no-further-action', by: manager, reason: true, anythingFollowed: true },
      'DfE 4000',
    ],
    [
      'referral-taken-on',
      { is: 'refer-no-further-action', by: manager, reason: true, anythingFollowed: false },
      'was taken on',
    ],
    [
      'referral-no-further-action',
      { is: 'refer-outcome', by: manager, outcomes: ['uasc'], reason: true, team: true },
      'what is new is a new contact',
    ],
  ] as [State, Event, string][])('from %s, %j: %s', (state, event, says) => {
    expect(whyNot(state, event)).toContain(says)
  })
})

// ---------------------------------------------------------------------------------------------------------------------

const actors = fc.constantFrom(screener, manager, night, elsewhere, actorOf(['A-TM']), actorOf([]))
const yes = fc.boolean()
const consent = fc.constantFrom('given', 'refused', 'not-sought', 'not-needed', undefined)
const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    is: fc.constant('received' as const),
    by: fc.oneof(actors, fc.constant('partner' as const)),
    hasMoment: yes,
    hasSource: yes,
    people: fc.nat(3),
  }),
  fc.record({ is: fc.constant('matched' as const), by: actors, searched: yes, undecided: fc.nat(2) }),
  fc.record({
    is: fc.constant('ask-information' as const),
    by: actors,
    consent,
    consentBecause: yes,
    waitingFor: yes,
  }) as fc.Arbitrary<Event>,
  fc.record({ is: fc.constant('information-came' as const), by: actors }),
  fc.record({
    is: fc.constant('decide' as const),
    by: actors,
    decision: fc.constantFrom(...decisionCodes),
    reason: yes,
    consent,
    openCase: yes,
    threshold: yes,
    priority: yes,
    passedTo: yes,
  }) as fc.Arbitrary<Event>,
  fc.record({ is: fc.constant('take-back' as const), by: actors, sameDay: yes, reason: yes }),
  fc.record({
    is: fc.constant('refer-outcome' as const),
    by: actors,
    outcomes: fc.subarray([...outcomeCodes]),
    reason: yes,
    team: yes,
  }),
  fc.record({
    is: fc.constant('refer-no-further-action' as const),
    by: actors,
    reason: yes,
    anythingFollowed: yes,
  }),
)

/** The table of practice 1.1 a second time: from where to where, and nothing else. */
const table: Readonly<Record<State, readonly State[]>> = {
  none: ['new'],
  new: ['screening'],
  screening: ['awaiting-information', 'closed', 'referral-open'],
  'awaiting-information': ['screening', 'referral-open'],
  closed: ['screening'],
  'referral-open': ['referral-taken-on', 'referral-no-further-action'],
  'referral-taken-on': ['referral-taken-on'],
  'referral-no-further-action': [],
}

test('no sequence of events reaches what the table does not have, nor is refused without words', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (happening) => {
      let state: State = 'none'
      for (const event of happening) {
        const went = step(state, event)
        if ('why' in went) {
          expect(went.why.length).toBeGreaterThan(10)
          continue
        }
        expect(table[state]).toContain(went.to)
        if (event.is === 'decide') expect(event.by).toMatchObject({ decides: true })
        if (went.to === 'referral-open')
          expect(event).toMatchObject({ openCase: false, threshold: true, reason: true })
        state = went.to
        expect(stateWords[state]).toBeTruthy()
      }
    }),
    { numRuns: 300 },
  )
})

const helpEvents: fc.Arbitrary<HelpEvent> = fc.oneof(
  fc.record({
    is: fc.constant('request' as const),
    reason: yes,
    consent: yes,
    manager: yes,
    from: fc.constantFrom('contact' as const, 'step-down' as const, 'direct' as const),
  }),
  fc.record({ is: fc.constant('accept' as const), lead: yes }),
  fc.record({ is: fc.constant('decline' as const), manager: yes, reason: yes }),
  fc.record({ is: fc.constant('assessed' as const), manager: yes, need: yes, headline: yes }),
  fc.record({ is: fc.constant('review' as const), words: yes }),
  fc.constant({ is: 'withdraw-consent' as const }),
  fc.record({ is: fc.constant('agree-again' as const), manager: yes }),
  fc.record({ is: fc.constant('close' as const), manager: yes, reason: yes }),
  fc.record({ is: fc.constant('ask-step-up' as const), reason: yes }),
  fc.record({ is: fc.constant('step-up' as const), decides: yes, asked: yes, openCase: yes }),
)
const helpTable: Readonly<Record<HelpState, readonly HelpState[]>> = {
  none: ['requested'],
  requested: ['assessing', 'closed'],
  assessing: ['assessing', 'plan-active', 'consent-withdrawn', 'closed', 'stepped-up'],
  'plan-active': ['plan-active', 'consent-withdrawn', 'closed', 'stepped-up'],
  'consent-withdrawn': ['consent-withdrawn', 'plan-active', 'closed', 'stepped-up'],
  closed: [],
  'stepped-up': [],
}

describe('early help (practice 2)', () => {
  test('no sequence reaches what the table does not have; withdrawn consent never closes by itself', () => {
    fc.assert(
      fc.property(fc.array(helpEvents, { maxLength: 60 }), (happening) => {
        let state: HelpState = 'none'
        for (const event of happening) {
          const went = helpStep(state, event)
          if ('why' in went) {
            expect(went.why.length).toBeGreaterThan(8)
            continue
          }
          expect(helpTable[state]).toContain(went.to)
          if (state === 'consent-withdrawn' && went.to === 'closed')
            expect(event).toMatchObject({ is: 'close', manager: true })
          if (went.to === 'stepped-up')
            expect(event).toMatchObject({ decides: true, asked: true, openCase: false })
          state = went.to
          expect(helpWords[state]).toBeTruthy()
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a step-down closes the case only once somebody has accepted', () => {
    expect(mayCloseAfterStepDown(undefined)).toBe(true)
    expect(mayCloseAfterStepDown({ state: 'requested', acceptedOn: null })).toBe(false)
    expect(mayCloseAfterStepDown({ state: 'assessing', acceptedOn: '2026-11-25' })).toBe(true)
  })
})
