import type { DayNumber, Moment } from './calendar.ts'
import { birthday } from './calendar.ts'

/** One event as clocks hear it. */
export interface Happened {
  /** Of the event. */
  readonly id: string
  readonly personId: string
  readonly kind: string
  /** The table of its fact: events of one fact belong together. */
  readonly table: string
  readonly factId: string
  readonly day: DayNumber
  /** Where the hour is known. */
  readonly at?: Moment
  /** What clocks look at of the fact. */
  readonly fact: Readonly<Record<string, unknown>>
  readonly recordedOn: DayNumber
  /** It came by an import. */
  readonly imported: boolean
}

/** What happened to one human being, in order, under all the ids the record knows them by. */
export interface History {
  readonly born?: Happened
  readonly died?: DayNumber
  readonly events: readonly Happened[]
  readonly byKind: ReadonlyMap<string, readonly Happened[]>
}

/** Thirteen weeks in care since the 14th birthday, some of it at 16 (Care Planning Regulations 2010, reg 40). */
const weeksInCare = 13

const inOrder = (one: Happened, other: Happened): number =>
  one.day - other.day ||
  (one.at ?? -1) - (other.at ?? -1) ||
  compare(one.kind, other.kind) ||
  compare(one.factId, other.factId)
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/**
 * Puts events in order, whatever order they came in, and adds those that follow from others.
 * @param events of one human being
 */
export function historyOf(events: readonly Happened[]): History {
  const born = events.filter(({ kind }) => kind === 'born').sort(inOrder)[0]
  const died = events.find(({ kind }) => kind === 'died')?.day
  const ordered = [...events, ...(born ? derived(born, events) : [])].sort(inOrder)
  const byKind = new Map<string, Happened[]>()
  for (const event of ordered) {
    const list = byKind.get(event.kind)
    if (list) list.push(event)
    else byKind.set(event.kind, [event])
  }
  return { events: ordered, byKind, ...(born && { born }), ...(died !== undefined && { died }) }
}

/**
 * The day somebody becomes an eligible child, and a relevant one on leaving care at 16 or 17. Short breaks do not count.
 * A period that goes on is taken to go on.
 */
function derived(born: Happened, events: readonly Happened[]): Happened[] {
  const [fourteen, sixteen, eighteen] = [14, 16, 18].map((age) => birthday(born.day, age)) as [
    number,
    number,
    number,
  ]
  const ends = new Map(
    events.filter(({ kind }) => kind === 'care-ended').map((event) => [event.factId, event.day]),
  )
  const periods = events
    .filter(({ kind, fact }) => kind === 'care-began' && fact.short_breaks !== true)
    .map((event) => ({ event, from: event.day, to: ends.get(event.factId) ?? eighteen }))
    .sort((one, other) => inOrder(one.event, other.event))
  let days = 0
  for (const { event, from, to } of periods) {
    const [first, last] = [Math.max(from, fourteen), Math.min(to, eighteen)]
    const reached = Math.max(sixteen, first + Math.max(7 * weeksInCare - days, 0), from)
    // Some of it at 16 or 17: the day must lie within the period, its last one excluded.
    if (reached < Math.min(to, eighteen)) {
      const eligible = follows(event, 'became-eligible', reached)
      return to < eighteen ? [eligible, follows(event, 'became-relevant', to)] : [eligible]
    }
    days += Math.max(last - first, 0)
  }
  return []
}

const follows = (event: Happened, kind: string, day: DayNumber): Happened => {
  const { at: _, ...rest } = event
  return { ...rest, kind, day, table: '' }
}
