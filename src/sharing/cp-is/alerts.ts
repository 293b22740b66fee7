import { birthday, dayNumber, isoDay } from '../../clocks/calendar.ts'
import { nhsNumberIsRight } from '../../people/numbers.ts'
import type { Day } from '../../web/words.ts'
import type { CpIsSubject, Minute, PlanType } from './neutral.ts'

/**
 * What the NHS should hold of a child, worked out of what the record says, and how that differs from what it has
 * acknowledged. Everything that sends asks this one function: an event only wakes it, a full comparison asks it of
 * everybody, and both mend the same differences. Pure.
 */

export type NumberStatus = 'entered' | 'verified' | 'inactive' | 'superseded' | 'sensitive'

export interface NumberFacts {
  readonly value: string
  readonly status: NumberStatus
}

export interface PersonFacts {
  readonly id: string
  /** Our own number for a person: it comes back in notifications. */
  readonly reference: string
  /** As registered, not as called. */
  readonly given?: string | undefined
  readonly family?: string | undefined
  readonly born?: Day | undefined
  readonly expected?: Day | undefined
  readonly died?: Day | undefined
  /** NHS numbers that hold today or were traced, the newest first. */
  readonly numbers: readonly NumberFacts[]
}

export interface Span {
  /** The fact it comes from. */
  readonly id: string
  readonly start: Day
  readonly end?: Day | undefined
}

export interface StatusSpan {
  readonly status: string
  readonly start: Day
  readonly end?: Day | undefined
}

export interface ChildFacts {
  readonly child: PersonFacts
  readonly mother?: PersonFacts | undefined
  /** Child protection plans of this authority. */
  readonly plans: readonly Span[]
  readonly care: readonly (Span & { readonly shortBreaks: boolean })[]
  readonly statuses: readonly StatusSpan[]
  /** Sisters and brothers of the same pregnancy who have plans of their own. */
  readonly twins: readonly {
    readonly plans: readonly Span[]
    readonly born?: Day | undefined
    readonly expected?: Day | undefined
    readonly died?: Day | undefined
  }[]
  /** Left care for adoption: the old number ends, and nobody joins it to a new one. */
  readonly adopted: boolean
  /** A record that must not be known to be there: two named people decide. */
  readonly hidden: boolean
}

/** What a plan says to the NHS: as much as is compared. */
export interface Content {
  readonly kind: CpIsSubject['kind']
  readonly given: string
  readonly family: string
  readonly born: string
  readonly localId: string
  readonly end?: Minute | undefined
  readonly deleteOn?: Minute | undefined
  /** The authority’s name and telephone numbers as they went with it. */
  readonly contact: string
}

/** By what the NHS tells plans apart (with the authority’s code). Unverified: that the start is part of it. */
export interface Key {
  readonly nhsNumber: string
  readonly type: PlanType
  readonly start: Minute
}

export interface Entry extends Key {
  readonly source: string
  readonly content: Content
}

export type AlertState =
  | 'sent'
  | 'live'
  | 'ended'
  | 'deleted'
  | 'rejected'
  | 'cannot-share'
  | 'uncertain'
  /** Nothing more is sent under this number: it is inactive, the person is an adult, or the NHS has dropped it. */
  | 'closed'

/** An alert as it was told: one plan under one number. */
export interface Told extends Key {
  readonly id: string
  readonly source: string
  readonly state: AlertState
  /** What was told last. */
  readonly sent: Content
  /** What the NHS has acknowledged last; undefined: it holds nothing. */
  readonly acknowledged?: Content | undefined
  /** Two people have decided, or a changed start asks for it, that the NHS deletes it. */
  readonly deleteOn?: Minute | undefined
  /** The code of the last refusal. */
  readonly code?: string | undefined
}

export interface Rules {
  readonly today: Day
  readonly now: Minute
  readonly contact: string
  readonly sendUntraced: boolean
  readonly changedStart: 'delete-then-add' | 'resend'
  readonly daysAfterExpectedBirth: number
  readonly statusesNotTold: readonly string[]
}

/** What keeps an alert from being told, or the NHS from holding what it should: somebody’s task. Words: words.ts. */
export type ProblemCode =
  | 'no-number'
  | 'number-wrong'
  | 'two-numbers'
  | 'not-traced'
  | 'number-inactive'
  | 'sensitive'
  | 'no-name'
  | 'no-birth-date'
  | 'no-mother'
  | 'mother-number'
  | 'hidden'
  | 'to-delete'
  | 'end-refused'
  | `CPR${string}`

export interface Problem {
  readonly code: ProblemCode
  /** The alert it is about, where there is one. */
  readonly alert?: string | undefined
}

export interface Comparison {
  /** To be told now. */
  readonly send: readonly { readonly entry: Entry; readonly told?: Told | undefined }[]
  /** Alerts about which nothing more is to be said, and why. */
  readonly close: readonly { readonly alert: string; readonly why: string }[]
  readonly problems: readonly Problem[]
  /** Something waits for an answer, or for another thing to be answered first. */
  readonly waits: boolean
}

export const minuteOf = (day: Day): Minute => `${day.replaceAll('-', '')}0000`
const dayOfMinute = (minute: Minute): Day =>
  `${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`
const plusDays = (day: Day, days: number): Day => isoDay(dayNumber(day) + days)
const plusYears = (day: Day, years: number): Day => isoDay(birthday(dayNumber(day), years))
const earliest = (...days: (Day | undefined)[]): Day | undefined =>
  days.filter((day) => day !== undefined).sort()[0]
const latest = (...days: (Day | undefined)[]): Day | undefined =>
  days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)

export const keyOf = ({ nhsNumber, type, start }: Key): string => `${nhsNumber} ${type} ${start}`
const sameKey = (a: Key, b: Key) => keyOf(a) === keyOf(b)

export const sameContent = (a: Content | undefined, b: Content): boolean =>
  a !== undefined &&
  (['kind', 'given', 'family', 'born', 'localId', 'end', 'deleteOn', 'contact'] as const).every(
    (field) => (a[field] ?? undefined) === (b[field] ?? undefined),
  )

/** An alert of which the NHS holds something that has not been deleted. */
const isHeld = ({ acknowledged, state }: Told) =>
  acknowledged !== undefined && !acknowledged.deleteOn && state !== 'closed'

/** The person’s one number that may be sent, or why there is none. */
export function numberOf(
  { numbers }: PersonFacts,
  { sendUntraced }: Pick<Rules, 'sendUntraced'>,
): { number: string } | { problem: ProblemCode } {
  const right = numbers.filter(({ value }) => nhsNumberIsRight(value))
  const alive = right.filter(({ status }) => status !== 'inactive' && status !== 'superseded')
  const [first, ...others] = distinct(
    alive.some(({ status }) => status === 'verified')
      ? alive.filter(({ status }) => status === 'verified')
      : alive,
  )
  if (!first) {
    if (right.length > 0) return { problem: 'number-inactive' }
    return { problem: numbers.length > 0 ? 'number-wrong' : 'no-number' }
  }
  if (others.length > 0) return { problem: 'two-numbers' }
  if (first.status === 'sensitive') return { problem: 'sensitive' }
  if (first.status === 'entered' && !sendUntraced) return { problem: 'not-traced' }
  return { number: first.value }
}

const distinct = (numbers: readonly NumberFacts[]) =>
  numbers.filter(({ value }, i) => numbers.findIndex((one) => one.value === value) === i)

/** Stretches in care that the NHS is told of: where a legal status of the list holds; a whole period that has none recorded. */
export function careTold(
  { care, statuses }: Pick<ChildFacts, 'care' | 'statuses'>,
  { statusesNotTold }: Pick<Rules, 'statusesNotTold'>,
): Span[] {
  return care.flatMap((period) => {
    const within = statuses.filter(
      ({ start, end }) =>
        (!period.end || start < period.end || start === period.start) &&
        (!end || end > period.start || end === start),
    )
    if (within.length === 0) return period.shortBreaks ? [] : [period]
    const told = within
      .filter(({ status }) => !statusesNotTold.includes(status))
      .map(({ start, end }) => ({
        start: latest(start, period.start)!,
        end: earliest(end, period.end),
      }))
      .sort((a, b) => (a.start < b.start ? -1 : 1))
    const joined: { start: Day; end?: Day | undefined }[] = []
    for (const span of told) {
      const last = joined.at(-1)
      if (last && (!last.end || last.end >= span.start))
        last.end = last.end && span.end ? latest(last.end, span.end) : undefined
      else joined.push({ ...span })
    }
    return joined.map((span) => ({ id: period.id, ...span }))
  })
}

/** When the plan of an unborn child is said to end while nobody can know: the message cannot be sent without. */
function provisionalEnd(start: Day, expected: Day | undefined, { daysAfterExpectedBirth }: Rules): Day {
  const end = expected ? plusDays(expected, daysAfterExpectedBirth) : plusDays(start, 40 * 7)
  // Expected before the plan began: a date that cannot be right still must not end it before it starts.
  return end > start ? end : plusDays(start, 40 * 7)
}

/** How long a flag of a mother may outlast the birth, for the baby’s own number to be found and acknowledged. */
export const handOverDays = 28

function endOfUnborn(
  plan: Pick<Span, 'start' | 'end'>,
  who: { born?: Day | undefined; expected?: Day | undefined; died?: Day | undefined },
  rules: Rules,
  babyIsKnown: boolean,
): Day {
  const ended = earliest(plan.end, who.died)
  if (!who.born) return ended ?? provisionalEnd(plan.start, who.expected, rules)
  if (ended && ended <= who.born) return ended
  return babyIsKnown ? who.born : plusDays(who.born, handOverDays)
}

interface Wanted extends Omit<Entry, 'content' | 'nhsNumber'> {
  readonly who: 'child' | 'mother'
  readonly end?: Day | undefined
}

/** The plans of which the NHS should hold something, whoever’s number they are held against. */
function wantedOf(facts: ChildFacts, told: readonly Told[], rules: Rules): Wanted[] {
  const { child, plans, twins } = facts
  const adult = child.born ? plusYears(child.born, 18) : undefined
  const ofChild = (type: 'CPP' | 'LAC', spans: readonly Span[]): Wanted[] =>
    spans.flatMap(({ id, start, end }) => {
      // A plan that was made before the birth is the child’s own from the day it was born.
      if (child.born ? end && end <= child.born && start < child.born : child.expected) return []
      const from = latest(start, child.born)!
      // A day to come changes nothing yet, but for what somebody has decided; at 18 both end.
      const atMost = earliest(child.died, adult && adult <= rules.today ? adult : undefined)
      const until = earliest(end, atMost)
      if (until !== undefined && until < from) return []
      return [{ type, start: minuteOf(from), source: id, who: 'child' as const, end: until }]
    })
  const before = plans.filter(({ start }) => (child.born ? start < child.born : true))
  const unborn = (child.born || child.expected || before.length === 0 ? before : []).map((plan): Wanted => {
    const known = told.some(
      (one) => one.type !== 'UCP' && isHeld(one) && plans.some(({ id }) => id === one.source),
    )
    const others = twins.flatMap((twin) =>
      twin.plans
        .filter(({ start }) => start === plan.start && (!twin.born || start < twin.born))
        .map((its) => endOfUnborn(its, twin, rules, false)),
    )
    const end = latest(endOfUnborn(plan, child, rules, known), ...others)
    return { type: 'UCP', start: minuteOf(plan.start), source: plan.id, who: 'mother', end }
  })
  return [...ofChild('CPP', plans), ...ofChild('LAC', careTold(facts, rules)), ...unborn]
}

/** A plan stays to be seen for a year after its end; after that the NHS drops it by itself. */
const isSeen = (end: Day | undefined, today: Day) => end === undefined || plusYears(end, 1) > today

/**
 * Every plan that the NHS should hold of a child, and what keeps it from being told.
 * @param told what has been told of this child before
 */
export function shouldHold(
  facts: ChildFacts,
  told: readonly Told[],
  rules: Rules,
): { entries: Entry[]; problems: Problem[] } {
  const entries: Entry[] = []
  const problems = new Map<ProblemCode, Problem>()
  const complain = (code: ProblemCode) => void problems.set(code, { code })
  for (const { who, end, type, start, source } of wantedOf(facts, told, rules)) {
    const person = who === 'child' ? facts.child : facts.mother
    const until = end === undefined ? undefined : minuteOf(end)
    const owing = told.some(
      (one) =>
        one.type === type &&
        one.start === start &&
        one.source === source &&
        isHeld(one) &&
        one.acknowledged!.end !== until,
    )
    if (!isSeen(end, rules.today) && !owing) continue
    // Born, and the mother never carried the flag: the baby’s own is the one to send.
    const carried = told.some(
      (one) => one.type === 'UCP' && one.source === source && (isHeld(one) || one.state === 'uncertain'),
    )
    if (type === 'UCP' && facts.child.born && !carried) continue
    const adult = facts.child.born !== undefined && plusYears(facts.child.born, 18) <= rules.today
    const known = told.some((one) => one.type === type && one.start === start && one.acknowledged)
    if (adult && !known) continue
    if (facts.hidden) {
      complain('hidden')
      continue
    }
    if (!person) {
      complain('no-mother')
      continue
    }
    const found = numberOf(person, rules)
    if ('problem' in found) {
      // After an adoption the old number ends, and the new one is no business of the old record.
      if (!(facts.adopted && found.problem === 'number-inactive'))
        complain(who === 'mother' && found.problem !== 'sensitive' ? 'mother-number' : found.problem)
      continue
    }
    if (!person.given || !person.family) {
      complain('no-name')
      continue
    }
    if (!person.born) {
      complain('no-birth-date')
      continue
    }
    entries.push({
      nhsNumber: found.number,
      type,
      start,
      source,
      content: {
        kind: who === 'child' ? 'child' : 'mother-of-unborn',
        given: person.given,
        family: person.family,
        born: person.born.replaceAll('-', ''),
        localId: person.reference,
        end: until,
        contact: rules.contact,
      },
    })
  }
  return {
    entries: entries.filter((one, i) => entries.findIndex((other) => sameKey(one, other)) === i),
    problems: [...problems.values()],
  }
}

/**
 * The difference between what the record says and what the NHS has acknowledged.
 * A refused alert is not sent again until something in it changes or a person asks.
 */
export function compare(facts: ChildFacts, told: readonly Told[], rules: Rules): Comparison {
  const { entries, problems } = shouldHold(facts, told, rules)
  const send: { entry: Entry; told?: Told | undefined }[] = []
  const close: { alert: string; why: string }[] = []
  const all: Problem[] = [...problems]
  let waits = false
  // A start that changed: the old one goes first, and the new one when that is acknowledged.
  const blocked = new Set<string>()
  for (const one of told) {
    if (one.state === 'sent') {
      waits = true
      // Until the answer says what the NHS holds, nothing else of this plan is said.
      for (const entry of entries)
        if (entry.source === one.source && entry.type === one.type) blocked.add(keyOf(entry))
      continue
    }
    if (one.state === 'closed') continue
    const entry = entries.find((wanted) => sameKey(wanted, one))
    // Deleted, and perhaps shown again since: until the NHS says that it is gone, it is asked to delete it.
    if (one.deleteOn !== undefined && one.state !== 'deleted') {
      const why = reasonToClose(one, facts, rules)
      if (why === 'never-held' || why === 'number-inactive') {
        close.push({ alert: one.id, why })
        continue
      }
      const held = asKnownNow(one, facts)
      const content = {
        ...held,
        end: entry?.content.end ?? held.end,
        contact: rules.contact,
        deleteOn: one.deleteOn,
      }
      for (const next of entries)
        if (next.source === one.source && next.type === one.type) blocked.add(keyOf(next))
      if (one.state === 'rejected' && sameContent(one.sent, content)) all.push(refusal(one))
      else send.push({ entry: { ...one, content }, told: one })
      continue
    }
    if (entry || one.acknowledged?.deleteOn !== undefined) continue
    const why = reasonToClose(one, facts, rules)
    if (why) {
      close.push({ alert: one.id, why })
      continue
    }
    const moved = entries.find(
      (next) => next.source === one.source && next.type === one.type && next.nhsNumber === one.nhsNumber,
    )
    if (moved && rules.changedStart === 'resend') close.push({ alert: one.id, why: 'start-changed' })
    else if (moved) {
      blocked.add(keyOf(moved))
      const content = {
        ...asKnownNow(one, facts),
        contact: rules.contact,
        deleteOn: latest(rules.now, one.start)!,
      }
      send.push({ entry: { ...one, content }, told: one })
    } else if (!problems.some(({ code }) => keepsTold.has(code)))
      all.push({ code: 'to-delete', alert: one.id })
  }
  for (const entry of entries) {
    const before = told.find((one) => sameKey(one, entry))
    if (blocked.has(keyOf(entry))) {
      waits = true
      continue
    }
    if (!before || before.state === 'closed' || before.state === 'deleted' || before.state === 'uncertain') {
      if (before?.state === 'closed' && before.code === 'adult' && sameContent(before.sent, entry.content))
        continue
      send.push({ entry, told: before })
    } else if (before.state === 'rejected' || before.state === 'cannot-share') {
      if (sameContent(before.sent, entry.content)) all.push(refusal(before))
      else send.push({ entry, told: before })
    } else if (!sameContent(before.acknowledged, entry.content)) send.push({ entry, told: before })
  }
  return { send, close, problems: unique(all), waits }
}

/**
 * What is deleted is named as the person is today, for the NHS compares; under a number that is not theirs, as the NHS
 * took it then.
 */
function asKnownNow(one: Told, { child, mother }: ChildFacts): Content {
  const held = one.acknowledged ?? one.sent
  const person = held.kind === 'child' ? child : mother
  if (!person?.numbers.some(({ value }) => value === one.nhsNumber)) return held
  const { given = held.given, family = held.family, born } = person
  return { ...held, given, family, born: born?.replaceAll('-', '') ?? held.born }
}

/** While one of these is to be mended nobody can say that a flag is there in error. */
const keepsTold: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'no-number',
  'number-wrong',
  'two-numbers',
  'not-traced',
  'no-name',
  'no-birth-date',
  'no-mother',
  'mother-number',
  'sensitive',
  'hidden',
])

function refusal(one: Told): Problem {
  if (one.state === 'cannot-share') return { code: 'sensitive', alert: one.id }
  // A flag that cannot be ended is worse than one that cannot be set.
  if (one.acknowledged && one.sent.end && !one.acknowledged.end) return { code: 'end-refused', alert: one.id }
  return { code: (one.code ?? 'CPR07') as ProblemCode, alert: one.id }
}

/** Why nothing more need be said of an alert that the record no longer asks for; undefined: somebody has to decide. */
function reasonToClose(one: Told, facts: ChildFacts, rules: Rules): string | undefined {
  if (one.state !== 'uncertain' && !one.acknowledged) return 'never-held'
  const numbers = [...facts.child.numbers, ...(facts.mother?.numbers ?? [])]
  const status = numbers.find(({ value }) => value === one.nhsNumber)?.status
  if (status === 'inactive' || status === 'superseded') return 'number-inactive'
  const end = one.acknowledged?.end
  if (end && !isSeen(dayOfMinute(end), rules.today)) return 'dropped'
  if (one.type !== 'UCP' && facts.child.born && plusYears(facts.child.born, 19) <= rules.today) return 'adult'
  return undefined
}

const unique = (problems: readonly Problem[]): Problem[] =>
  problems.filter(
    (one, i) => problems.findIndex(({ code, alert }) => code === one.code && alert === one.alert) === i,
  )
