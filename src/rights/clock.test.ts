import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Calendar } from '../clocks/calendar.ts'
import {
  type ClockStep,
  complaintAcknowledgedBy,
  type Happened,
  representationDue,
  requestDue,
} from './clock.ts'

const calendar = new Calendar()
const happened = (...steps: readonly (readonly [ClockStep, string])[]): Happened[] =>
  steps.map(([step, on]) => ({ step, on }))
const due = (received: string, ...steps: readonly (readonly [ClockStep, string])[]) =>
  requestDue(received, happened(...steps), calendar)

describe('T5: one month', () => {
  test.each([
    // The corresponding day.
    ['2026-03-03', '2026-04-03', '2026-04-07', 'Good Friday to Tuesday after Easter'],
    ['2026-02-10', '2026-03-10', '2026-03-10', 'a Tuesday'],
    ['2026-09-01', '2026-10-01', '2026-10-01', 'a Thursday'],
    // A shorter month: its last day.
    ['2026-01-31', '2026-02-28', '2026-03-02', '31 January, and 28 February is a Saturday'],
    ['2028-01-31', '2028-02-29', '2028-02-29', 'a leap year'],
    ['2027-01-29', '2027-02-28', '2027-03-01', '29 January in a common year; a Sunday'],
    ['2026-08-31', '2026-09-30', '2026-09-30', '31 August, which is a bank holiday itself'],
    ['2026-10-31', '2026-11-30', '2026-11-30', '31 October'],
    ['2026-05-31', '2026-06-30', '2026-06-30', '31 May'],
    ['2027-12-31', '2028-01-31', '2028-01-31', 'over the turn of the year'],
    // Weekends and bank holidays: the next working day.
    ['2026-11-25', '2026-12-25', '2026-12-29', 'Christmas Day; Boxing Day is kept on Monday'],
    ['2026-11-26', '2026-12-26', '2026-12-29', 'Boxing Day, a Saturday'],
    ['2026-12-01', '2027-01-01', '2027-01-04', 'New Year’s Day, a Friday'],
    ['2026-04-04', '2026-05-04', '2026-05-05', 'the early May bank holiday'],
    ['2026-04-25', '2026-05-25', '2026-05-26', 'the spring bank holiday'],
    ['2026-02-28', '2026-03-28', '2026-03-30', 'a Saturday'],
    ['2026-03-29', '2026-04-29', '2026-04-29', 'the night the clocks change'],
  ])('from %s it would be %s, and is %s (%s)', (received, _, dueOn) => {
    expect(due(received).dueOn).toBe(dueOn)
  })

  test.each([
    ['identity asked and shown', ['id-asked', '2026-09-02'], ['id-received', '2026-09-09'], '2026-10-09'],
    ['a fee', ['fee-asked', '2026-09-02'], ['fee-paid', '2026-09-15'], '2026-10-15'],
    [
      'what is meant, after nine days',
      ['clarification-asked', '2026-09-07'],
      ['clarification-received', '2026-09-16'],
      '2026-10-12',
    ],
    [
      'the same day',
      ['clarification-asked', '2026-09-07'],
      ['clarification-received', '2026-09-07'],
      '2026-10-01',
    ],
    [
      'over the end of the month',
      ['clarification-asked', '2026-09-28'],
      ['clarification-received', '2026-10-02'],
      '2026-10-05',
    ],
  ] as const)('%s', (_, asked, got, dueOn) => {
    expect(due('2026-09-01', asked, got).dueOn).toBe(dueOn)
  })

  test('the later of identity and fee counts; asked twice, the pause is counted once', () => {
    expect(
      due(
        '2026-09-01',
        ['id-asked', '2026-09-01'],
        ['fee-asked', '2026-09-01'],
        ['fee-paid', '2026-09-04'],
        ['id-received', '2026-09-08'],
      ).dueOn,
    ).toBe('2026-10-08')
    expect(
      due(
        '2026-09-01',
        ['clarification-asked', '2026-09-03'],
        ['clarification-asked', '2026-09-05'],
        ['clarification-received', '2026-09-08'],
      ).dueOn,
    ).toBe('2026-10-06')
  })

  test('asking what is meant while identity is awaited adds nothing before the month runs', () => {
    expect(
      due(
        '2026-09-01',
        ['id-asked', '2026-09-01'],
        ['clarification-asked', '2026-09-02'],
        ['clarification-received', '2026-09-06'],
        ['id-received', '2026-09-10'],
      ).dueOn,
    ).toBe('2026-10-12')
  })

  test('waits, and says for what', () => {
    expect(due('2026-09-01', ['id-asked', '2026-09-02'])).toMatchObject({
      waitsFor: 'identity',
      runsFrom: undefined,
    })
    expect(due('2026-09-01', ['clarification-asked', '2026-09-02'])).toMatchObject({
      waitsFor: 'clarification',
      runsFrom: '2026-09-01',
    })
    expect(
      due('2026-09-01', ['id-asked', '2026-09-02'], ['id-received', '2026-09-02']).waitsFor,
    ).toBeUndefined()
  })

  test('extended: two months more, from the same day; and says how it was counted', () => {
    const extended = due('2026-11-30', ['extended', '2026-12-20'])
    expect(extended).toMatchObject({ dueOn: '2027-03-01', extended: true })
    expect(extended.how).toBe('three months from 2026-11-30, the day it came, moved to the next working day')
  })

  test('never due before a later receipt’s, never on a day that is no working day, the same in whatever order it is told', () => {
    const day = fc
      .integer({ min: 0, max: 1200 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
    const steps = fc.array(
      fc.record({
        step: fc.constantFrom<ClockStep>('clarification-asked', 'clarification-received', 'extended'),
        on: day,
      }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(day, day, steps, (one, other, told) => {
        const [first, second] = [one, other].sort() as [string, string]
        expect(requestDue(first, [], calendar).dueOn <= requestDue(second, [], calendar).dueOn).toBe(true)
        const { dueOn } = requestDue(first, told, calendar)
        expect(requestDue(dueOn, [], calendar).dueOn > dueOn).toBe(true)
        expect(new Date(dueOn).getUTCDay() % 6).not.toBe(0)
      }),
    )
  })
})

describe('T5: complaints', () => {
  test.each([
    ['2026-06-19', '2026-07-18'],
    ['2026-12-31', '2027-01-29'],
    ['2028-02-01', '2028-03-01'],
    ['2026-11-25', '2026-12-24'],
  ])(
    'about data protection, come %s: acknowledged by %s, the day it came being the first of 30',
    (received, by) => {
      expect(complaintAcknowledgedBy(received)).toBe(by)
    },
  )
  test.each([
    ['first', '2026-12-18', '2027-01-06'],
    ['first-extended', '2026-11-25', '2026-12-23'],
    ['second', '2026-03-20', '2026-04-28'],
    ['second-extended', '2026-09-01', '2026-12-01'],
  ] as const)('about our service, %s stage, from %s by %s', (stage, from, by) => {
    expect(representationDue(stage, from, calendar)).toBe(by)
  })
})
