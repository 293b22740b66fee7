import {
  birthday,
  type Calendar,
  type DayNumber,
  dayNumber,
  hoursAfter,
  isoDay,
  londonDay,
  londonMidnight,
  type Moment,
  monthsAfter,
} from './calendar.ts'
import type { Clock, Condition, Count, Match, Span, Trigger } from './clock.ts'
import type { Happened, History } from './history.ts'

/** `open` until it is completed; `ended` when what it was for is over; `not-known` as imported, see `Due.state`. */
export type State = 'open' | 'met' | 'ended' | 'not-known' | 'flag'

/** One start of one clock, and what became of it. */
export interface Due {
  readonly clock: Clock
  readonly personId: string
  readonly startedBy: Happened
  readonly startedOn: DayNumber
  /** How it was counted: the row's own count, or an authority's tighter one. */
  readonly count: Count
  /** Absent where the law gives no day: before or with something that has none yet. */
  readonly dueOn?: DayNumber
  /** Hours run to the minute. */
  readonly dueAt?: Moment
  /** The last working day on or before it. */
  readonly planOn?: DayNumber
  /** From this day it is due soon. */
  readonly soonOn?: DayNumber
  /**
   * `not-known`: it came by import, was due before it came, and what completes it is in no return: nobody can say
   * whether it was done. `flag`: its time runs, and there is nothing to do.
   */
  readonly state: State
  readonly completedBy?: Happened
  readonly extendedBy?: Happened
  readonly endedOn?: DayNumber
  readonly endedBy?: string
  readonly late: boolean
}

/** An authority's tighter count, for starts from a day on. */
export interface Tightening {
  readonly clock: string
  /** Which of the clock's counts, the first is 0. */
  readonly count: number
  readonly n: number
  readonly from: DayNumber
  readonly to?: DayNumber
}

export interface Rules {
  readonly clocks: readonly Clock[]
  readonly calendar: Calendar
  readonly tightenings?: readonly Tightening[]
  /** Kinds of event that returns bring: what is missing of them is missing. */
  readonly imported?: ReadonlySet<string>
}

/** Starts that lie further ahead are not told yet: much can happen until then. */
const monthsAhead = 6

const daysBefore = 7

interface Stretch {
  readonly from: DayNumber
  readonly to: DayNumber
  readonly began?: Happened
  /** Why it ended: a kind of event, or the age. */
  readonly endedBy?: string
}
const always: Stretch = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/**
 * Everything that is or was due for one person: pure, of events, a date and the calendar. The same events give the same
 * answer in whatever order they came.
 * @param today starts more than six months after it are left out, and what has not ended by it has not
 */
export function dues(history: History, rules: Rules, today: DayNumber): Due[] {
  const found: Due[] = []
  // What is due with another clock is counted when the others are.
  const last = (one: Clock) => Number(one.counts.some((each) => each.unit === 'EVT'))
  for (const clock of [...rules.clocks].sort((one, other) => last(one) - last(other)))
    found.push(...ofClock(clock, history, rules, today, found))
  return found
}

function ofClock(
  clock: Clock,
  history: History,
  rules: Rules,
  today: DayNumber,
  others: readonly Due[],
): Due[] {
  if (!mayStart(clock, history)) return []
  const found: Due[] = []
  for (const stretch of clock.within ? stretches(clock.within, history) : [always]) {
    const starts = startsOf(clock, history, stretch)
    const unseen = startsUnseen(starts[0], stretch)
    for (const [place, start] of starts.entries()) {
      const about: About = { clock, history, stretch, start, nth: unseen + place + 1 }
      if (start.day > monthsAfter(today, monthsAhead) || !inForce(clock, start.day)) continue
      if (isOver(clock, history, start.day)) continue
      if (!(clock.when ?? []).every((condition) => holds(condition, about))) continue
      const due = dueOf(about, rules, today, others)
      if (due) found.push(due)
    }
  }
  return found
}

interface About {
  readonly clock: Clock
  readonly history: History
  readonly stretch: Stretch
  readonly start: Happened
  readonly nth: number
}

/** A return brings what happened from 1 April on. */
function returnYearBegan(day: DayNumber): DayNumber {
  const [year, month] = isoDay(day).split('-').map(Number) as [number, number]
  return dayNumber(`${month < 4 ? year - 1 : year}-04-01`)
}

/** Four weeks, within which the first of anything that repeats is due. */
const firstWithin = 28

/**
 * How many starts must have been before the first that is known: one, where both came by import and the stretch is so
 * old that the return of that year cannot have brought its first.
 */
function startsUnseen(first: Happened | undefined, { began }: Stretch): 0 | 1 {
  if (!first?.imported || !began?.imported || first.kind === began.kind) return 0
  return began.day + firstWithin < returnYearBegan(first.day) ? 1 : 0
}

/** Nothing starts after death, nor at the age at which it would end. */
function isOver({ endsAge }: Clock, { born, died }: History, day: DayNumber): boolean {
  return (
    (died !== undefined && day > died) ||
    (endsAge !== undefined && born !== undefined && day >= birthday(born.day, endsAge))
  )
}

function mayStart({ starts }: Clock, { byKind, born }: History): boolean {
  return 'ages' in starts ? born !== undefined : starts.some(({ kind }) => byKind.has(kind))
}

function inForce({ inForce: when }: Clock, day: DayNumber): boolean {
  if (when === undefined) return true
  if (when === 'not commenced') return false
  return !(when.from && day < dayNumber(when.from)) && !(when.to && day > dayNumber(when.to))
}

function startsOf(clock: Clock, history: History, stretch: Stretch): Happened[] {
  const within = ({ day }: Happened) => day >= stretch.from && day < stretch.to
  if ('ages' in clock.starts) {
    const { ages, months = 0 } = clock.starts
    return ages.map((age) => ageReached(history.born!, age, months)).filter(within)
  }
  const found = events(history, clock.starts).filter(
    (event) => within(event) && !(stretch.began && isAnother(event, stretch.began)),
  )
  // What completes one and starts the next does so once a day: two visits on a day are one interval.
  const chained = new Set(clock.stops.map(({ kind }) => kind))
  return found.filter(
    ({ kind, day }, place) =>
      !chained.has(kind) ||
      !found.some((other, later) => later > place && other.kind === kind && other.day === day),
  )
}

/** Another beginning of the same kind: it has a stretch of its own. */
const isAnother = (event: Happened, began: Happened): boolean =>
  event !== began && event.table === began.table && event.kind === began.kind

/** A birthday as something that happened, so many months after it. */
function ageReached(born: Happened, years: number, months: number): Happened {
  const { at: _, ...rest } = born
  return { ...rest, day: birthday(born.day, years, months), fact: { age: years } }
}

function events({ byKind }: History, triggers: readonly Trigger[]): Happened[] {
  const found = triggers.flatMap((trigger) =>
    (byKind.get(trigger.kind) ?? []).filter((event) => matches(trigger.where, event)),
  )
  if (triggers.length < 2) return found
  // In the order of the history, each once.
  return [...new Set(found)].sort((one, other) => one.day - other.day || (one.at ?? -1) - (other.at ?? -1))
}

function matches(where: Match | undefined, { fact }: Happened): boolean {
  return Object.entries(where ?? {}).every(([column, values]) => {
    const held = (fact[column] ?? null) as string | boolean | null
    return 'not' in values ? !values.not.includes(held) : values.includes(held)
  })
}

function stretches(span: Span, history: History): Stretch[] {
  return events(history, span.from).map((began) => {
    const end = endOf(span.to, began, history)
    const age = span.toAge && history.born ? birthday(history.born.day, span.toAge) : Number.POSITIVE_INFINITY
    const died = history.died ?? Number.POSITIVE_INFINITY
    const to = Math.min(end?.day ?? Number.POSITIVE_INFINITY, age, died)
    return {
      from: began.day,
      to,
      began,
      ...(Number.isFinite(to) && { endedBy: to === end?.day ? end.kind : to === died ? 'died' : 'age' }),
    }
  })
}

/** The first of these events that ends what `began`: of the same fact where its table tells both. */
function endOf(triggers: readonly Trigger[], began: Happened, history: History): Happened | undefined {
  return events(history, triggers).find(
    (event) =>
      event.day >= began.day &&
      (event.table !== began.table || event.kind === began.kind || event.factId === began.factId),
  )
}

function inStretch(span: Span, history: History, day: DayNumber): boolean {
  return stretches(span, history).some(({ from, to }) => from <= day && day < to)
}

function holds(condition: Condition, about: About): boolean {
  const { history, stretch, start, nth } = about
  if ('nth' in condition) return condition.orLater ? nth >= condition.nth : nth === condition.nth
  if ('until' in condition)
    return !events(history, condition.until).some(({ day }) => day >= stretch.from && day <= start.day)
  if ('fact' in condition) return matches(condition.fact, start) !== (condition.not ?? false)
  if ('firstYear' in condition) return start.day < monthsAfter(stretch.from, 12) === condition.firstYear
  if ('during' in condition) return inStretch(condition.during, history, start.day)
  if ('notDuring' in condition) return !inStretch(condition.notDuring, history, start.day)
  if ('times' in condition) {
    const near = events(history, condition.of).filter(
      ({ day }) => day <= start.day && day > start.day - condition.inDays,
    )
    return near.length >= condition.times
  }
  return ofAge(condition, history, start.day)
}

function ofAge(
  { from, under, inMonths = 0 }: { from?: number; under?: number; inMonths?: number },
  { born }: History,
  day: DayNumber,
): boolean {
  if (!born) return false
  const then = monthsAfter(day, inMonths)
  return (
    (from === undefined || then >= birthday(born.day, from)) &&
    (under === undefined || then < birthday(born.day, under))
  )
}

function dueOf(about: About, rules: Rules, today: DayNumber, others: readonly Due[]): Due | undefined {
  const { clock, start, history } = about
  const place = clock.counts.findIndex(
    (each) =>
      (!each.only || holds(each.only, about)) && (each.unit !== 'DATE' || dateIn(start, each.column!)),
  )
  if (place < 0) return undefined
  const extendedBy = clock.extended && after(events(history, clock.extended.by), about)
  const count = extendedBy ? clock.extended!.counts : tightened(clock, place, start.day, rules)
  const until = counted(count, about, rules, others)
  const ending = endingOf(about)
  const dueOn = until?.day
  const done = completionOf(about, ending?.day)
  const late = done !== undefined && until !== undefined && isLate(done, until.day, until.at)
  const earlierUnseen = done !== undefined && dueOn !== undefined && doneUnseen(start, done, dueOn)
  // A flag means nothing once its time is up.
  const completedBy = (clock.flag && late) || earlierUnseen ? undefined : done
  const over = earlierUnseen
    ? { day: done.day, kind: 'unseen' }
    : clock.flag && dueOn !== undefined
      ? { day: dueOn + 1, kind: 'time' }
      : ending
  const ended = over && over.day <= today ? over : undefined
  const state: State = completedBy
    ? 'met'
    : ended
      ? 'ended'
      : clock.flag
        ? 'flag'
        : dueOn !== undefined && nobodyKnows(clock, start, dueOn, rules)
          ? 'not-known'
          : 'open'
  return {
    clock,
    personId: start.personId,
    startedBy: start,
    startedOn: start.day,
    count,
    state,
    late: late && completedBy !== undefined,
    ...(dueOn !== undefined && {
      dueOn,
      planOn: rules.calendar.planningDay(dueOn),
      soonOn: soonBefore(count, start.day, dueOn, rules.calendar),
    }),
    ...(until?.at !== undefined && { dueAt: until.at }),
    ...(completedBy && { completedBy }),
    ...(extendedBy && { extendedBy }),
    ...(!completedBy && ended && { endedOn: ended.day, endedBy: ended.kind }),
  }
}

const isLate = (completed: Happened, day: DayNumber, at: Moment | undefined): boolean =>
  at !== undefined && completed.at !== undefined ? completed.at > at : completed.day > day

/**
 * Whether what is known to complete an imported start may not be what did: it was due before the year whose return
 * brought it, and no return of an earlier year is here.
 */
function doneUnseen(start: Happened, done: Happened, dueOn: DayNumber): boolean {
  const tied = done.factId === start.factId || Object.values(done.fact).includes(start.factId)
  return start.imported && done.imported && !tied && dueOn < returnYearBegan(done.day)
}

function nobodyKnows({ stops }: Clock, start: Happened, dueOn: DayNumber, { imported }: Rules): boolean {
  return (
    imported !== undefined &&
    start.imported &&
    dueOn < start.recordedOn &&
    !stops.some(({ kind }) => imported.has(kind))
  )
}

function tightened(clock: Clock, place: number, day: DayNumber, { tightenings = [] }: Rules): Count {
  const count = clock.counts[place]!
  const tighter = tightenings.find(
    (one) =>
      one.clock === clock.id &&
      one.count === place &&
      one.from <= day &&
      (one.to === undefined || day < one.to),
  )
  return tighter ? { ...count, n: tighter.n } : count
}

/** The day (and for hours the moment) up to which it is in time: 18.1 of the practice specification. */
function counted(
  count: Count,
  about: About,
  rules: Rules,
  others: readonly Due[],
): { day: DayNumber; at?: Moment } | undefined {
  const { start } = about
  const { calendar } = rules
  const n = count.before ? -count.n : count.n
  switch (count.unit) {
    case 'WD':
      // Within no working day is on the day itself.
      if (n === 0) return { day: start.day }
      return {
        day: n < 0 ? calendar.workingDaysBefore(start.day, -n) : calendar.workingDaysAfter(start.day, n),
      }
    case 'CD':
      return { day: start.day + n }
    case 'CDI':
      return { day: start.day + n - 1 }
    case 'WK':
      return { day: start.day + 7 * n }
    case 'MO':
      return { day: monthsAfter(start.day, n) }
    case 'YR':
      return { day: monthsAfter(start.day, 12 * n) }
    case 'HR': {
      // Known by the day only, it may have been at its beginning.
      const at = hoursAfter(start.at ?? londonMidnight(start.day), n)
      return { day: londonDay(at), at }
    }
    case 'DATE':
      return { day: monthsAfter(dateIn(start, count.column!)!, -n) }
    case 'TERM': {
      const coming = calendar.terms.filter((day) => day > start.day)
      const day = coming[n]
      return day === undefined ? undefined : { day }
    }
    case 'NIGHTS':
      return { day: nightsReached(count, about) }
    case 'EVT':
      return eventDay(count, about, others)
  }
}

function dateIn({ fact }: Happened, column: string): DayNumber | undefined {
  const held = fact[column]
  return typeof held === 'string' ? dayNumber(held.slice(0, 10)) : undefined
}

function eventDay(
  { with: ids = [], event = [] }: Count,
  { history, start, stretch }: About,
  others: readonly Due[],
): { day: DayNumber } | undefined {
  const days = [
    ...events(history, event).filter(({ day }) => day >= start.day),
    ...others
      .filter(
        ({ clock, startedOn, dueOn }) =>
          ids.includes(clock.id) &&
          dueOn !== undefined &&
          startedOn >= stretch.from &&
          startedOn < stretch.to &&
          dueOn >= start.day,
      )
      .map(({ dueOn }) => ({ day: dueOn! })),
  ].map(({ day }) => day)
  return days.length > 0 ? { day: Math.min(...days) } : undefined
}

/** The day by which so many nights are spent away, if the break that starts goes on; earlier breaks count too. */
function nightsReached({ n, inMonths }: Count, { clock, history, start }: About): DayNumber {
  if (inMonths === undefined) return start.day + n
  const breaks = stretches(clock.within!, history).filter(({ from }) => from < start.day)
  const nights = (day: DayNumber) => {
    const since = monthsAfter(day, -inMonths)
    const earlier = breaks.map(({ from, to }) => Math.min(to, start.day) - Math.max(from, since))
    return day - Math.max(start.day, since) + earlier.reduce((sum, each) => sum + Math.max(each, 0), 0)
  }
  let day = start.day
  while (nights(day) < n && day < start.day + n) day++
  return day
}

/** The first of these after the start: later, or on the same day something else. */
function after(found: readonly Happened[], { clock, start }: About): Happened | undefined {
  const links = new Map(clock.stops.map(({ kind, link }) => [kind, link]))
  return found.find((event) => {
    const link = links.get(event.kind)
    const answers = link === undefined || (event.fact[link] ?? start.factId) === start.factId
    if (!answers || event === start) return false
    // What one fact begins, that fact completes; what the same kind of event begins, the next one does. What is due
    // before a day is mostly done before it.
    if (event.table === start.table && event.table !== '' && event.kind !== start.kind)
      return event.factId === start.factId && (event.day >= start.day || countsBack(clock))
    if (event.kind === start.kind) return event.day > start.day
    return event.day >= start.day
  })
}

const countsBack = ({ counts }: Clock): boolean => counts.some(({ before }) => before === true)

function completionOf(about: About, endedOn: DayNumber | undefined): Happened | undefined {
  const done = after(events(about.history, about.clock.stops), about)
  return done && (endedOn === undefined || done.day <= endedOn) ? done : undefined
}

/** When what the clock was for is over, and by what: its stretch, an event, an age or death. */
function endingOf({ clock, history, start, stretch }: About): { day: DayNumber; kind: string } | undefined {
  const endings: { day: DayNumber; kind: string }[] = []
  if (Number.isFinite(stretch.to)) endings.push({ day: stretch.to, kind: stretch.endedBy! })
  const ended = clock.ends && endOf(clock.ends, start, history)
  if (ended) endings.push({ day: ended.day, kind: ended.kind })
  if (history.died !== undefined) endings.push({ day: history.died, kind: 'died' })
  if (clock.endsAge && history.born)
    endings.push({ day: birthday(history.born.day, clock.endsAge), kind: 'age' })
  return endings.sort((one, other) => one.day - other.day)[0]
}

/**
 * From which day something is due soon: a fifth of its time left or 5 working days, whichever is more; a week before
 * for what is counted in single weeks.
 */
function soonBefore(count: Count, startedOn: DayNumber, dueOn: DayNumber, calendar: Calendar): DayNumber {
  if (count.unit === 'WK' && count.n === 1) return dueOn - daysBefore
  const fifth = dueOn - Math.ceil((dueOn - startedOn) / 5)
  return Math.min(fifth, calendar.workingDaysBefore(dueOn, 5))
}
