import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import {
  type Conclusion,
  type Event,
  following,
  type State,
  stateOf,
  states,
  step,
  wrongWithConclusion,
} from './model.ts'

const whole: Conclusion = {
  seen: 'yes',
  notSeenBecause: false,
  parents: ['took-part', 'took-part'],
  tried: false,
  factors: ['3B', '16A'],
  recommended: ['child-in-need-plan'],
  endsHere: 'no',
}
const events: readonly Event[] = [
  { is: 'start', episodeSince: '2026-03-16', anotherOpen: false, on: '2026-03-16' },
  { is: 'write' },
  { is: 'review', manages: true, since: '2026-03-16', on: '2026-03-30', next: '2026-04-20', goesOn: true },
  { is: 'submit', says: whole },
  { is: 'stop', because: 'moved', died: false, words: true },
  { is: 'return', manages: true, reason: true, stopped: false },
  { is: 'authorise', manages: true, own: false },
]
/** Practice 3.1, written out again: from, event, to. */
const table: Readonly<Record<string, State>> = {
  'none start': 'started',
  'started write': 'in-progress',
  'started review': 'started',
  'started stop': 'awaiting-authorisation',
  'in-progress write': 'in-progress',
  'in-progress review': 'in-progress',
  'in-progress submit': 'awaiting-authorisation',
  'in-progress stop': 'awaiting-authorisation',
  'awaiting-authorisation return': 'in-progress',
  'awaiting-authorisation authorise': 'completed',
}
const why = (event: Event, state: State = 'in-progress') => {
  const went = step(state, event)
  return 'why' in went ? went.why : went.to
}

describe('states', () => {
  test('every transition of the table and no other; the rest is refused with what the state is', () => {
    for (const state of Object.keys(states) as State[])
      for (const event of events) {
        const went = step(state, event)
        const to = table[`${state} ${event.is}`]
        expect(went, `${state} ${event.is}`).toEqual(
          to ? { to } : { why: expect.stringMatching(/\w{3,} .*\w/) },
        )
      }
  })

  test('whatever happens, nothing is finished that did not wait for a signature, and what is finished stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (walk) => {
        let state: State = 'none'
        for (const event of walk) {
          const went = step(state, event)
          const next: State = 'to' in went ? went.to : state
          if (next === 'completed' && state !== 'completed')
            expect([state, event.is]).toEqual(['awaiting-authorisation', 'authorise'])
          if (state === 'completed') expect(next).toBe('completed')
          if (state !== 'none') expect(next).not.toBe('none')
          state = next
        }
      }),
      { numRuns: runs(100) },
    )
  })

  test('guards', () => {
    const start = { is: 'start', episodeSince: '2026-03-16', anotherOpen: false, on: '2026-03-16' } as const
    expect(why({ ...start, episodeSince: null }, 'none')).toContain('No referral of this child is open')
    expect(why({ ...start, anotherOpen: true }, 'none')).toContain('8896')
    expect(why({ ...start, on: '2026-03-15' }, 'none')).toContain('The referral came later')
    const review = {
      is: 'review',
      manages: true,
      since: '2026-03-16',
      on: '2026-03-30',
      next: undefined,
      goesOn: true,
    } as const
    expect(why({ ...review, manages: false })).toContain('a manager says')
    expect(why(review)).toContain('when you look at it next')
    expect(why({ ...review, goesOn: false })).toBe('in-progress')
    expect(why({ ...review, on: '2026-03-15' })).toContain('had not begun')
    expect(why({ ...review, next: '2026-03-30' })).toContain('after this one')
    expect(why({ is: 'stop', because: 'died', died: false, words: true })).toContain('Record that first')
    expect(why({ is: 'authorise', manages: true, own: true }, 'awaiting-authorisation')).toContain('own work')
    expect(why({ is: 'authorise', manages: false, own: false }, 'awaiting-authorisation')).toContain(
      'manager',
    )
    expect(
      why({ is: 'return', manages: true, reason: false, stopped: false }, 'awaiting-authorisation'),
    ).toContain('what is missing')
  })

  test('where one stands, from the record', () => {
    const one = { authorised: null, form: null, lastAct: null }
    expect(stateOf(one)).toBe('started')
    expect(stateOf({ ...one, form: 'x' })).toBe('in-progress')
    expect(stateOf({ ...one, form: 'x', lastAct: 'submitted' })).toBe('awaiting-authorisation')
    expect(stateOf({ ...one, form: 'x', lastAct: 'returned' })).toBe('in-progress')
    expect(stateOf({ ...one, authorised: '2026-05-01', lastAct: 'submitted' })).toBe('completed')
  })
})

describe('what is submitted', () => {
  const wrong = (change: Partial<Conclusion>) => wrongWithConclusion({ ...whole, ...change })

  test('whole it goes in; with the second parent blank it does not, and not known is said with what was tried', () => {
    expect(wrong({})).toBeUndefined()
    expect(wrong({ parents: ['took-part', undefined] })).toContain('both parents')
    expect(wrong({ parents: [undefined, 'took-part'] })).toContain('both parents')
    for (const part of ['not-known', 'not-found', 'not-safe', 'declined']) {
      expect(wrong({ parents: ['took-part', part] })).toContain('what was done to reach them')
      expect(wrong({ parents: ['took-part', part], tried: true })).toBeUndefined()
    }
    expect(wrong({ parents: ['took-part', 'died'] })).toBeUndefined()
  })

  test('seen, factors, and an outcome that fits itself', () => {
    expect(wrong({ seen: undefined })).toContain('seen')
    expect(wrong({ seen: 'no' })).toContain('if not, why')
    expect(wrong({ seen: 'no', notSeenBecause: true })).toBeUndefined()
    expect(wrong({ factors: [] })).toContain('8897')
    expect(wrong({ factors: ['21', '3B'] })).toContain('8869')
    expect(wrong({ factors: ['3B', '3B'] })).toContain('8898')
    expect(wrong({ factors: ['21'] })).toBeUndefined()
    expect(wrong({ recommended: [] })).toContain('what should follow')
    expect(wrong({ endsHere: 'yes' })).toContain('put one of them right')
    expect(wrong({ recommended: ['no-further-action'] })).toContain('say that it ends here')
    expect(wrong({ recommended: ['step-down'] })).toContain('say that it ends here')
    expect(wrong({ recommended: ['other-agency'] })).toBeUndefined()
    expect(wrong({ recommended: ['no-further-action', 'child-in-need-plan'] })).toContain('choose one')
    for (const recommended of [['no-further-action'], ['step-down'], ['no-further-action', 'other-agency']])
      expect(wrong({ recommended, endsHere: 'yes' })).toBeUndefined()
  })
})

test('what follows by itself: a plan where there is none, the end of an episode where nothing further follows', () => {
  const nothing = { hasPlan: false, protected: false, inCare: false }
  expect(following(['child-in-need-plan'], nothing)).toEqual({ plan: true, close: undefined })
  for (const there of ['hasPlan', 'protected', 'inCare'])
    expect(following(['child-in-need-plan'], { ...nothing, [there]: true }).plan).toBe(false)
  expect(following(['no-further-action'], nothing)).toEqual({ plan: false, close: 'RC8' })
  expect(following(['step-down'], nothing)).toEqual({ plan: false, close: undefined })
  expect(following(['other-agency'], nothing).close).toBeUndefined()
})
