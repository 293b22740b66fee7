import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Danger,
  hoursLeft,
  type Known,
  leftWords,
  type RiskAnswers,
  regulatorDue,
  riskOf,
  riskQuestions,
  type Step,
  type StepKind,
  toDo,
  whyNotClosed,
} from './model.ts'

const aware = new Date('2026-11-20T16:30:00Z')
const answers = (over: Partial<RiskAnswers> = {}): RiskAnswers => ({
  ...{
    sensitivity: 1,
    identifiability: 1,
    hostility: 0,
    containment: 0,
    vulnerability: 1,
    number: 0,
    irreversibility: 0,
  },
  ...over,
})
const known = (steps: readonly [StepKind, object?][], over: Partial<Known> = {}): Known => ({
  awareAt: aware,
  nearMiss: false,
  dangers: [],
  stillOut: 'no',
  steps: steps.map(([kind, body = {}]): Step => ({ kind, happenedAt: aware, body: body as Step['body'] })),
  ...over,
})
const kinds = (one: Known) => toDo(one).map(({ kind }) => kind)

test('T5: 72 hours run from becoming aware, across a weekend and the end of summer time', () => {
  expect(regulatorDue(aware).toISOString()).toBe('2026-11-23T16:30:00.000Z')
  expect(hoursLeft(aware, new Date('2026-11-20T16:31:00Z'))).toBe(71)
  expect(hoursLeft(aware, new Date('2026-11-23T16:31:00Z'))).toBe(-1)
  expect([leftWords(66), leftWords(1), leftWords(0), leftWords(-1), leftWords(-9)]).toEqual([
    ...['66 hours left', '1 hour left', 'less than an hour left', 'less than an hour late', '8 hours late'],
  ])
  expect(regulatorDue(new Date('2026-10-24T12:00:00+01:00')).toISOString()).toBe('2026-10-27T11:00:00.000Z')
})

describe('the risk', () => {
  test('is high whatever else is known when somebody is in danger at once', () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(Object.keys(riskQuestions).map((one) => [one, fc.integer({ min: 0, max: 4 })])),
        ),
        fc.constantFrom<Danger>(
          'protected-address',
          'adoptive-identity',
          'informant',
          'plan-to-alleged-perpetrator',
          'witness',
        ),
        (given, danger) => riskOf(given as RiskAnswers, [danger]) === 'high',
      ),
    )
  })
  test('never falls when an answer rises', () => {
    const order = ['unlikely', 'risk', 'high']
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(Object.keys(riskQuestions).map((one) => [one, fc.integer({ min: 0, max: 4 })])),
        ),
        fc.constantFrom(...Object.keys(riskQuestions)),
        (given, which) => {
          const before = riskOf(given as RiskAnswers, [])
          const after = riskOf({ ...given, [which]: Math.min(4, given[which]! + 1) } as RiskAnswers, [])
          return order.indexOf(after) >= order.indexOf(before)
        },
      ),
    )
  })
  test.each([
    ['a note left on a desk', answers(), 'unlikely'],
    [
      'a report to the wrong school, given back',
      answers({ sensitivity: 3, identifiability: 3, vulnerability: 3 }),
      'risk',
    ],
    ['health of one child to a neighbour', answers({ sensitivity: 4 }), 'risk'],
    ['a plan with somebody who threatens the family', answers({ hostility: 4 }), 'high'],
    [
      'a lost stick with hundreds',
      answers({ sensitivity: 3, identifiability: 4, containment: 3, vulnerability: 3, number: 4 }),
      'high',
    ],
  ])('%s', (_, given, risk) => expect(riskOf(given, [])).toBe(risk))
})

describe('what is to be done', () => {
  // Governance B.14: adopters' address sent with a letter to a birth mother; a plan given to another family.
  test('an adopters’ address sent to a birth mother: safety before paper', () => {
    const sent = { dangers: ['adoptive-identity', 'protected-address'] as const, stillOut: 'yes' as const }
    expect(kinds(known([], sent))).toEqual(['safety', 'containment', 'risk', 'regulator', 'lesson'])
    const after = known([['safety'], ['containment'], ['risk', { risk: 'high' }]], sent)
    expect(kinds(after)).toEqual(['regulator', 'told', 'lesson'])
    expect(toDo(after)[0]!.dueAt).toEqual(regulatorDue(aware))
    const done = known(
      [['safety'], ['containment'], ['risk', { risk: 'high' }], ['regulator'], ['told'], ['lesson']],
      sent,
    )
    expect(whyNotClosed(done)).toEqual([])
  })
  test('an unlikely risk needs neither the regulator nor the people told; a near miss never does', () => {
    expect(kinds(known([['risk', { risk: 'unlikely' }]]))).toEqual(['lesson'])
    expect(kinds(known([['risk', { risk: 'risk' }]], { nearMiss: true }))).toEqual(['lesson'])
  })
  test('the last judgement counts', () => {
    expect(kinds(known([['risk', { risk: 'unlikely' }], ['risk', { risk: 'high' }], ['lesson']]))).toEqual([
      'regulator',
      'told',
    ])
  })
  test('telling nobody needs a reason; closed, nothing is left; opened again, it is', () => {
    const high: [StepKind, object?][] = [['risk', { risk: 'high' }], ['regulator'], ['lesson']]
    expect(whyNotClosed(known([...high, ['not-told', { why: 'it would put her in danger' }]]))).toEqual([])
    expect(toDo(known([...high, ['closed']]))).toEqual([])
    expect(whyNotClosed(known([...high, ['closed']]))).toEqual(['It is closed already'])
    expect(kinds(known([...high, ['closed'], ['reopened']]))).toEqual(['told'])
  })
})
