import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import { type Event, endedBy, linesTyped, type State, step, typedOf } from './model.ts'

const start = {
  is: 'start',
  manages: true,
  episodeSince: '2026-03-16',
  otherPlan: false,
  on: '2026-05-20',
} as const
const review = { is: 'review', since: '2026-05-20', on: '2026-06-24', today: '2026-06-24' } as const
const end = {
  is: 'end',
  manages: true,
  since: '2026-05-20',
  on: '2026-09-01',
  lastReview: '2026-06-24',
} as const
const said = (state: State, event: Event) => {
  const went = step(state, event)
  return 'why' in went ? went.why : went.to
}

test('begun, reviewed, ended; everything else is refused in words', () => {
  const table: Record<string, State> = {
    'none start': 'active',
    'active review': 'active',
    'active end': 'ended',
  }
  for (const state of ['none', 'active', 'ended'] as const)
    for (const event of [start, review, end]) {
      const to = table[`${state} ${event.is}`]
      expect(step(state, event)).toEqual(to ? { to } : { why: expect.stringMatching(/\w+ \w+/) })
    }
})

test('guards', () => {
  expect(said('none', { ...start, manages: false })).toContain('A manager agrees')
  expect(said('none', { ...start, episodeSince: null })).toContain('No referral')
  expect(said('none', { ...start, otherPlan: true })).toContain('that is the child’s plan')
  expect(said('none', { ...start, on: '2026-03-15' })).toContain('The referral came later')
  expect(said('active', { ...review, on: '2026-06-25' })).toContain('when it was held')
  expect(said('active', { ...review, on: undefined })).toContain('when it was held')
  expect(said('active', { ...review, on: '2026-05-19' })).toContain('had not begun')
  expect(said('active', { ...end, manages: false })).toContain('A manager agrees')
  expect(said('active', { ...end, on: '2026-05-19' })).toContain('had not begun')
  expect(said('active', { ...end, on: '2026-06-23' })).toContain('A review was held after')
  expect([endedBy('closes'), endedBy('steps-down'), endedBy('continues'), endedBy('escalates')]).toEqual([
    'needs-met',
    'stepped-down',
    undefined,
    undefined,
  ])
})

test('whatever happens, a plan that ended stays ended', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<Event>(start, review, end), { maxLength: 20 }), (walk) => {
      let state: State = 'none'
      for (const event of walk) {
        const went = step(state, event)
        if (state === 'ended') expect('why' in went).toBe(true)
        if ('to' in went) state = went.to
      }
    }),
    { numRuns: runs(100) },
  )
})

test('lines come back as they were typed, with what is not for the family’s copy', () => {
  const typed = 'Seen by a dentist\n[not for parents] Where they live stays unsaid'
  const lines = linesTyped('need', `${typed}\n\n  \n[not for parents]`)
  expect(lines.map(({ words, familyMayRead }) => [words, familyMayRead])).toEqual([
    ['Seen by a dentist', true],
    ['Where they live stays unsaid', false],
  ])
  expect(typedOf(lines)).toBe(typed)
})
