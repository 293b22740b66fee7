import type { Calendar, DayNumber, Moment } from './calendar.ts'

/** Where something due stands on a day. */
export type Status =
  | 'not-started'
  | 'running'
  | 'due-soon'
  | 'overdue'
  | 'met'
  | 'met-late'
  | 'not-required'
  | 'ended'
  | 'not-known'
  | 'flag'

/** What a status is told from: `Due` of the engine, or a row of record.due. */
export interface Standing {
  readonly state: 'open' | 'met' | 'ended' | 'not-required' | 'not-known' | 'flag'
  readonly startedOn: DayNumber
  readonly soonOn?: DayNumber | undefined
  readonly dueOn?: DayNumber | undefined
  readonly dueAt?: Moment | undefined
  readonly late: boolean
}

/** @param now for what runs by the hour; without it the day alone decides */
export function statusOf(one: Standing, today: DayNumber, now?: Moment): Status {
  if (one.state === 'met') return one.late ? 'met-late' : 'met'
  if (one.state !== 'open') return one.state
  if (one.startedOn > today) return 'not-started'
  const over =
    one.dueAt !== undefined && now !== undefined
      ? now > one.dueAt
      : one.dueOn !== undefined && today > one.dueOn
  if (over) return 'overdue'
  return one.soonOn !== undefined && today >= one.soonOn ? 'due-soon' : 'running'
}

/** Who has been told by now; each level tells those before it too. */
export type Escalation = 'nobody' | 'owner' | 'team-manager' | 'service-manager' | 'assistant-director'

/** Working days late at which the next level is told: data of the default chain (practice specification, 18.1). */
export const escalatesAt = { 'service-manager': 2, 'assistant-director': 10 } as const

/**
 * The days on which each level is told: whose it is when it is due soon, their manager on the day, the service manager
 * and the assistant director so many working days after it.
 */
export function escalationDays(
  { soonOn, dueOn }: { soonOn?: DayNumber | undefined; dueOn: DayNumber },
  calendar: Calendar,
): Record<Exclude<Escalation, 'nobody'>, DayNumber> {
  return {
    owner: soonOn ?? dueOn,
    'team-manager': dueOn,
    'service-manager': calendar.workingDaysAfter(dueOn, escalatesAt['service-manager']),
    'assistant-director': calendar.workingDaysAfter(dueOn, escalatesAt['assistant-director']),
  }
}

/** How far it has gone up by a day. */
export function escalationOf(one: Standing, today: DayNumber, calendar: Calendar): Escalation {
  if (one.state !== 'open' || one.dueOn === undefined) return 'nobody'
  const days = escalationDays({ soonOn: one.soonOn, dueOn: one.dueOn }, calendar)
  const reached = (Object.keys(days) as Exclude<Escalation, 'nobody'>[]).filter(
    (level) => today >= days[level],
  )
  return reached.at(-1) ?? 'nobody'
}
