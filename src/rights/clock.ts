import { type Calendar, type DayNumber, dayNumber, isoDay, monthsAfter } from '../clocks/calendar.ts'
import type { Day } from '../web/words.ts'

/*
 * Clocks of requests over one's record (governance B.5, B.12): worked out of what happened, never typed in.
 */

/** What happened to a request that its clock looks at. */
export type ClockStep =
  | 'id-asked'
  | 'id-received'
  | 'clarification-asked'
  | 'clarification-received'
  | 'fee-asked'
  | 'fee-paid'
  | 'extended'
  | 'answered'

export interface Happened {
  readonly step: ClockStep
  readonly on: Day
}

export interface Due {
  readonly dueOn: Day
  /** From which day the month runs; undefined while it waits for proof of who asks, or a fee. */
  readonly runsFrom: Day | undefined
  readonly waitsFor: 'identity' | 'fee' | 'clarification' | undefined
  readonly extended: boolean
  /** How it was counted, in words. */
  readonly how: string
}

/**
 * By when a request is to be answered: a month from the relevant time, which is the latest of receipt, of what proves who
 * asks, and of a fee (UK GDPR Article 12A as the Data (Use and Access) Act 2025 has it); the corresponding day, the last
 * of a shorter month, and the next working day for a weekend or bank holiday. Days between asking what is meant and the
 * answer do not count. Extended, two months more.
 */
export function requestDue(received: Day, happened: readonly Happened[], calendar: Calendar): Due {
  const steps = [...happened].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const waits = waitingOf(steps)
  const arrivals = steps
    .filter(({ step }) => step === 'id-received' || step === 'fee-paid')
    .map(({ on }) => on)
  const relevant = [received, ...arrivals].reduce((a, b) => (a > b ? a : b))
  const extended = steps.some(({ step }) => step === 'extended')
  const paused = pausedDays(steps, relevant)
  const end = monthsAfter(dayNumber(relevant), extended ? 3 : 1) + paused
  const dueOn = isoDay(onWorkingDay(end, calendar))
  return {
    dueOn,
    runsFrom: waits === 'identity' || waits === 'fee' ? undefined : relevant,
    waitsFor: waits,
    extended,
    how: howCounted({ relevant, received, extended, paused, moved: dueOn !== isoDay(end) }),
  }
}

/** A complaint about data protection: acknowledged within 30 days that begin with the day it came (DPA 2018 s164A). */
export const complaintAcknowledgedBy = (received: Day): Day => isoDay(dayNumber(received) + 29)

/**
 * Children Act complaints, in working days after the day it came (Representations Procedure Regulations 2006): the first
 * stage 10, 20 where it is complex; the second 25, at most 65.
 */
export const representationDue = (
  stage: 'first' | 'first-extended' | 'second' | 'second-extended',
  from: Day,
  calendar: Calendar,
): Day =>
  isoDay(
    calendar.workingDaysAfter(
      dayNumber(from),
      { first: 10, 'first-extended': 20, second: 25, 'second-extended': 65 }[stage],
    ),
  )

function waitingOf(steps: readonly Happened[]): Due['waitsFor'] {
  const open = (asked: ClockStep, got: ClockStep) =>
    steps.filter(({ step }) => step === asked).length > steps.filter(({ step }) => step === got).length
  if (open('id-asked', 'id-received')) return 'identity'
  if (open('fee-asked', 'fee-paid')) return 'fee'
  return open('clarification-asked', 'clarification-received') ? 'clarification' : undefined
}

/** Days between asking what is meant and the answer, as far as they lie after the relevant time; overlapping ones once. */
function pausedDays(steps: readonly Happened[], relevant: Day): number {
  let total = 0
  let asked: Day | undefined
  for (const { step, on } of steps) {
    if (step === 'clarification-asked') asked ??= on
    if (step === 'clarification-received' && asked !== undefined) {
      const from: Day = asked > relevant ? asked : relevant
      if (on > from) total += dayNumber(on) - dayNumber(from)
      asked = undefined
    }
  }
  return total
}

function onWorkingDay(day: DayNumber, calendar: Calendar): DayNumber {
  let found = day
  while (!calendar.isWorking(found)) found += 1
  return found
}

function howCounted(of: {
  relevant: Day
  received: Day
  extended: boolean
  paused: number
  moved: boolean
}): string {
  return [
    `${of.extended ? 'three months' : 'one month'} from ${of.relevant}`,
    of.relevant === of.received ? 'the day it came' : 'the day the last of what was needed came',
    ...(of.paused > 0
      ? [`${of.paused} ${of.paused === 1 ? 'day' : 'days'} more for the wait for an answer`]
      : []),
    ...(of.moved ? ['moved to the next working day'] : []),
  ].join(', ')
}
