import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import { Calendar, dayNumber, isoDay, monthsAfter } from './calendar.ts'
import { clocks } from './clocks.ts'
import { dues } from './engine.ts'
import { type Happened, historyOf } from './history.ts'
import { happened, period, rules } from './testing.ts'

const day = fc.integer({ min: dayNumber('2016-01-01'), max: dayNumber('2027-06-30') }).map(isoDay)
const single = fc
  .tuple(
    fc.constantFrom(
      'looked-after-review-held',
      'child-seen',
      'child-protection-review-held',
      'core-group-held',
      'health-assessment-done',
      'contact-received',
      'contact-decided',
      'born',
      'found',
      'return-interview-held',
    ),
    day,
  )
  .map(([kind, on]) => [happened(kind, on, { fact: { kind: 'looked-after', seen_alone: true } })])
const stretch = fc
  .tuple(
    fc.constantFrom(
      ['period_of_care', 'care-began', 'care-ended'] as const,
      ['placement', 'placement-began', 'placement-ended'] as const,
      ['child_protection_plan', 'child-protection-plan-started', 'child-protection-plan-ended'] as const,
      ['cin_plan', 'child-in-need-plan-started', 'child-in-need-plan-ended'] as const,
      ['section_47', 'section-47-started', 'section-47-ended'] as const,
      ['assessment', 'assessment-started', 'assessment-authorised'] as const,
    ),
    day,
    fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  )
  .map(([[table, began, ended], from, length]) =>
    period(
      table,
      [began, from],
      [ended, length === undefined ? undefined : isoDay(dayNumber(from) + length)],
    ),
  )
const life = fc.array(fc.oneof(single, stretch), { minLength: 1, maxLength: 14 }).map((parts) => parts.flat())

const today = dayNumber('2026-11-25')
const answer = (events: readonly Happened[], calendar = rules.calendar) =>
  dues(historyOf(events), { ...rules, calendar }, today)
    .map(({ clock, startedBy, startedOn, dueOn, dueAt, state, completedBy, late }) =>
      JSON.stringify([clock.id, startedBy.id, startedOn, dueOn, dueAt, state, completedBy?.id, late]),
    )
    .sort()

describe('properties', () => {
  test('the answer does not depend on the order in which events came, nor on being asked before', () => {
    fc.assert(
      fc.property(life, fc.infiniteStream(fc.nat()), (events, numbers) => {
        const mixed = events
          .map((event) => [numbers.next().value as number, event] as const)
          .sort(([one], [other]) => one - other)
          .map(([, event]) => event)
        expect(answer(mixed)).toEqual(answer(events))
        expect(answer(events)).toEqual(answer(events))
      }),
      { numRuns: runs(150) },
    )
  })

  test('a later start is never due earlier', () => {
    const counted = clocks.filter(
      ({ starts, within, counts }) =>
        !('ages' in starts) &&
        !within &&
        counts.length === 1 &&
        ['WD', 'CD', 'CDI', 'WK', 'MO', 'YR', 'HR'].includes(counts[0]!.unit),
    )
    expect(counted.length).toBeGreaterThan(30)
    fc.assert(
      fc.property(
        fc.constantFrom(...counted),
        fc.integer({ min: dayNumber('2016-01-01'), max: dayNumber('2026-12-31') }),
        fc.integer({ min: 0, max: 60 }),
        (clock, from, more) => {
          const [trigger] = clock.starts as readonly { kind: string; where?: Record<string, unknown> }[]
          const fact = Object.fromEntries(
            Object.entries(trigger!.where ?? {}).map(([column, values]) => [
              column,
              Array.isArray(values) ? values[0] : null,
            ]),
          )
          const due = (on: number) =>
            dues(
              historyOf([happened(trigger!.kind, isoDay(on), { fact })]),
              { ...rules, clocks: [{ ...clock, when: [] }] },
              dayNumber('2027-12-31'),
            )[0]
          const [one, other] = [due(from), due(from + more)]
          if (one?.dueOn === undefined || other?.dueOn === undefined)
            throw new Error(`${clock.id} gives no day`)
          expect(other.dueOn).toBeGreaterThanOrEqual(one.dueOn)
          expect(one.planOn!).toBeLessThanOrEqual(one.dueOn)
          expect(rules.calendar.isWorking(one.planOn!)).toBe(true)
        },
      ),
      { numRuns: runs(300) },
    )
  })

  test('one more bank holiday never brings a due day forward, and moves working days alone', () => {
    fc.assert(
      fc.property(life, day, (events, holiday) => {
        const more = new Calendar({ more: [holiday] })
        const before = dues(historyOf(events), rules, today)
        const after = dues(historyOf(events), { ...rules, calendar: more }, today)
        expect(after.length).toBe(before.length)
        for (const [place, one] of before.entries()) {
          const other = after[place]!
          if (one.dueOn === undefined) continue
          expect(other.dueOn!).toBeGreaterThanOrEqual(one.dueOn)
          if (!['WD', 'EVT'].includes(one.count.unit)) expect(other.dueOn).toBe(one.dueOn)
        }
      }),
      { numRuns: runs(60) },
    )
  })

  test('working days after and back again are the same day, for a working day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2016-01-01'), max: dayNumber('2027-10-01') }),
        fc.integer({ min: 1, max: 60 }),
        (from, count) => {
          const { calendar } = rules
          const start = calendar.planningDay(from)
          const due = calendar.workingDaysAfter(start, count)
          expect(calendar.workingDaysBefore(due, count)).toBe(start)
          expect(calendar.workingDaysBetween(start, due)).toBe(count)
        },
      ),
    )
  })

  test('months keep the day of the month or fall on the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2000-01-01'), max: dayNumber('2040-12-31') }),
        fc.integer({ min: 1, max: 48 }),
        (from, months) => {
          const [start, due] = [isoDay(from), isoDay(monthsAfter(from, months))]
          const index = (iso: string) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7))
          expect(index(due) - index(start)).toBe(months)
          if (start.slice(8) !== due.slice(8)) expect(isoDay(dayNumber(due) + 1).slice(8)).toBe('01')
          expect(due.slice(8) <= start.slice(8)).toBe(true)
        },
      ),
    )
  })
})
