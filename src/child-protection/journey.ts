import { clockById } from '../clocks/clocks.ts'
import { type Day, formatDate } from '../web/words.ts'
import type { Conference } from './conferences-store.ts'
import type { Discussion } from './discussions-store.ts'
import type { Enquiry } from './enquiries-store.ts'
import { paths } from './paths.ts'
import type { CoreGroup, Plan } from './plans-store.ts'
import { conferenceDecisions, conferenceKinds, discussionDecisions, outcomes } from './words.ts'

/** One step of the journey, as the part of the record shows them in a line. */
export interface Stop {
  readonly day: Day
  readonly title: string
  readonly words: string
  readonly href: string | undefined
  /** It is still to be done. */
  readonly open: boolean
}

export interface Journey {
  readonly discussions: readonly Discussion[]
  readonly enquiries: readonly Enquiry[]
  readonly conferences: readonly Conference[]
  readonly plans: readonly Plan[]
  readonly coreGroups: readonly CoreGroup[]
}

/** The journey in the order of its days, the latest first: what happened, and what waits. */
export function stopsOf(
  person: string,
  { discussions, enquiries, conferences, plans, coreGroups }: Journey,
): Stop[] {
  const stops: Stop[] = [
    ...discussions.map((one) => ({
      day: one.held_on ?? one.planned_on ?? one.asked_on,
      title: one.further ? 'Further strategy discussion' : 'Strategy discussion',
      words: one.called_off_on
        ? 'Called off'
        : one.decision
          ? discussionDecisions[one.decision]
          : one.planned_on
            ? 'Called, not held yet'
            : 'Asked for, no day yet',
      href: paths.discussion({ person, discussion: one.id }),
      open: !one.held_on && !one.called_off_on,
    })),
    ...enquiries.map((one) => ({
      day: one.s47_start_date,
      title: 'Section 47 enquiry',
      words: one.outcome && one.s47_end_date ? outcomes[one.outcome] : one.s47_end_date ? 'Ended' : 'Open',
      href: paths.enquiry({ person, enquiry: one.id }),
      open: !one.s47_end_date && !one.icpc_not_required && !one.conference_on,
    })),
    ...conferences.map((one) => ({
      day: one.held_on ?? one.planned_on ?? one.asked_on,
      title: conferenceKinds[one.kind],
      words: one.cancelled_on
        ? 'Called off'
        : one.decision
          ? conferenceDecisions[one.decision]
          : one.planned_on
            ? 'Called, not held yet'
            : `Asked for, no day yet${one.target ? `; due ${formatDate(one.target)}` : ''}`,
      href: paths.conference({ person, conference: one.id }),
      open: !one.held_on && !one.cancelled_on,
    })),
    ...plans.flatMap((one): Stop[] => [
      {
        day: one.cp_plan_start_date,
        title: 'Child protection plan',
        words: one.cp_plan_end_date ? `Ended ${formatDate(one.cp_plan_end_date)}` : 'In force',
        href: paths.plan({ person, plan: one.id }),
        open: !one.cp_plan_end_date,
      },
    ]),
    ...coreGroups.map((one) => ({
      day: one.held_on,
      title: 'Core group',
      words: one.next_on ? `Next ${formatDate(one.next_on)}` : 'Met',
      href: paths.coreGroup({ person, group: one.id }),
      open: false,
    })),
  ]
  // Of one day, what follows stands above what it follows from.
  return stops.reverse().toSorted((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0))
}

/** Clocks of this area: what is due on the part's page. */
export const ownClock = (id: string): boolean => /^(STR|S47|ICPC|CPD|CG|CPR|CPV|CPL)-/.test(id)

/** What is due, by the name of its clock. */
export const dueRows = (
  dues: readonly { readonly clock: string; readonly dueOn?: number | undefined; readonly state: string }[],
  isoDay: (day: number) => Day,
) =>
  dues
    .filter(({ clock, state, dueOn }) => ownClock(clock) && state === 'open' && dueOn !== undefined)
    .map(({ clock, dueOn }) => ({ name: clockById(clock).name, day: isoDay(dueOn!) }))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
