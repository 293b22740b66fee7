import { Calendar, dayNumber, isoDay, londonDay } from './calendar.ts'
import { clocks } from './clocks.ts'
import { type Due, dues, type Rules } from './engine.ts'
import { type Happened, historyOf } from './history.ts'

/** Events in a line each, for tests of clocks. */

let made = 0

/**
 * Something that happened.
 * @param when CCYY-MM-DD, or with hour and offset: 2026-03-28T22:00Z
 * @param more `table` and `factId` where events belong to one fact
 */
export function happened(kind: string, when: string, more: Partial<Happened> = {}): Happened {
  made += 1
  const at = when.length > 10 ? Date.parse(when) : undefined
  const day = at === undefined ? dayNumber(when) : londonDay(at)
  const id = `event-${made}`
  return {
    id,
    personId: 'child',
    kind,
    table: kind,
    factId: `fact-${made}`,
    day,
    fact: {},
    recordedOn: day,
    imported: false,
    ...(at !== undefined && { at }),
    ...more,
  }
}

/** Two events of one fact, such as a plan's beginning and end. */
export function period(
  table: string,
  [began, from]: readonly [kind: string, when: string],
  [ended, to]: readonly [kind: string, when: string | undefined],
  fact: Happened['fact'] = {},
): Happened[] {
  const first = happened(began, from, { table, fact })
  return to ? [first, happened(ended, to, { table, factId: first.factId, fact })] : [first]
}

export const rules: Rules = { clocks, calendar: new Calendar() }

/** Everything due, of the whole list, on a day. */
export const allDue = (events: readonly Happened[], today = '2027-12-31', more: Partial<Rules> = {}): Due[] =>
  dues(historyOf(events), { ...rules, ...more }, dayNumber(today))

/** The rows of one clock. */
export const dueOf = (
  clock: string,
  events: readonly Happened[],
  today?: string,
  more?: Partial<Rules>,
): Due[] => allDue(events, today, more).filter((due) => due.clock.id === clock)

export const shown = ({ startedOn, dueOn, state, late, completedBy }: Due) => ({
  from: isoDay(startedOn),
  due: dueOn === undefined ? undefined : isoDay(dueOn),
  state: state === 'met' && late ? 'met late' : state,
  ...(completedBy && { by: isoDay(completedBy.day) }),
})
