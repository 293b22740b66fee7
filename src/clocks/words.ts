import type { Calendar, DayNumber, Moment } from './calendar.ts'
import type { Count, Role } from './clock.ts'
import { clockById } from './clocks.ts'
import type { Escalation, Status } from './status.ts'

/** What is needed of something due to say how it was counted: a row of record.due, or a `Due` of the engine. */
export interface Counted {
  readonly clock: string
  readonly count: Pick<Count, 'unit' | 'n' | 'before' | 'column' | 'with' | 'inMonths'>
  readonly startedKind: string
  /** The age, where a birthday started it. */
  readonly age?: number | undefined
  readonly startedOn: DayNumber
  readonly startedAt?: Moment | undefined
  readonly dueOn?: DayNumber | undefined
  readonly dueAt?: Moment | undefined
  readonly planOn?: DayNumber | undefined
  readonly extendedKind?: string | undefined
  readonly extendedOn?: DayNumber | undefined
  readonly completedKind?: string | undefined
  readonly completedOn?: DayNumber | undefined
  readonly completedRecordedOn?: DayNumber | undefined
  readonly endedOn?: DayNumber | undefined
  readonly endedBy?: string | undefined
  readonly late: boolean
  readonly state: string
}

const dayWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const momentWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Europe/London',
  timeZoneName: 'short',
})

/** The parts of a date in words; September is cut to three letters as every other month is. */
const partsOf = (format: Intl.DateTimeFormat, time: number) =>
  Object.fromEntries(
    format.formatToParts(time).map(({ type, value }) => [type, value.replace('Sept', 'Sep')]),
  )

/** Tue 24 Mar 2026 */
const said = (day: DayNumber) => {
  const { weekday, day: date, month, year } = partsOf(dayWords, day * 86_400_000)
  return `${weekday} ${date} ${month} ${year}`
}
/** Tue 31 Mar 2026, 23:00 BST, in London's own words. */
const saidMoment = (at: Moment) => {
  const { weekday, day, month, year, hour, minute, timeZoneName } = partsOf(momentWords, at)
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute} ${timeZoneName === 'GMT+1' ? 'BST' : timeZoneName}`
}

/** A kind of event within a sentence. */
const kindWords = (kind: string) => kind.replace('sdq', 'SDQ').replaceAll('-', ' ')

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** A count in words: '15 working days', '3 months'. */
export function countWords({ unit, n, before, column, with: ids, inMonths }: Counted['count']): string {
  const back = before ? ' before' : ''
  switch (unit) {
    case 'WD':
      return n === 0 ? 'the same day' : `${many(n, 'working day')}${back}`
    case 'CD':
      return n === 0 ? 'the same day' : `${many(n, 'day')}${back}`
    case 'CDI':
      return `${many(n, 'day')}, the first day included`
    case 'WK':
      return many(n, 'week')
    case 'MO':
      return many(n, 'month')
    case 'YR':
      return many(n, 'year')
    case 'HR':
      return many(n, 'hour')
    case 'DATE':
      return n > 0 ? `${many(n, 'month')} before the date that was set` : 'the date that was set'
    case 'EVT':
      return ids?.length
        ? `with ${ids.map((id) => lower(clockById(id).name)).join(', or ')}`
        : 'before what it leads to'
    case 'TERM':
      return 'the end of the next term'
    case 'NIGHTS':
      return inMonths ? `${n} nights in ${inMonths} months` : many(n, 'night')
  }
  return column ?? ''
}
const lower = (name: string) => name[0]!.toLowerCase() + name.slice(1)

/**
 * How a due day was counted, a sentence each: what started it, how it is counted, what was skipped, what is best
 * planned, what made it longer, what completed or ended it.
 */
export function howCounted(one: Counted, calendar: Calendar): string[] {
  return [
    startedWords(one),
    `Counted: ${countWords(one.count)}${ruleWords(one)}.`,
    ...skippedWords(one, calendar),
    ...dueWords(one, calendar),
    ...outcomeWords(one),
  ]
}

function startedWords({ startedKind, startedOn, startedAt, age }: Counted): string {
  if (age !== undefined) return `Started by a birthday (${age}): ${said(startedOn)}.`
  const when = startedAt === undefined ? said(startedOn) : saidMoment(startedAt)
  return `Started by ‘${kindWords(startedKind)}’ on ${when}.`
}

function ruleWords({ count: { unit, n }, startedAt }: Counted): string {
  if (unit === 'WD' && n > 0) return '; the day it starts is day 0, and the next working day is day 1'
  if (unit === 'HR')
    return `; every hour counts, at weekends and on holidays${startedAt === undefined ? '; the hour is not recorded, so from the beginning of the day' : ''}`
  if (unit === 'MO' || unit === 'YR') return ' to the same day of the month, or the last day of a shorter one'
  return ''
}

function skippedWords({ count, startedOn, dueOn }: Counted, calendar: Calendar): string[] {
  if (count.unit !== 'WD' || count.n === 0 || dueOn === undefined) return []
  const [first, last] = count.before ? [dueOn, startedOn - 1] : [startedOn, dueOn]
  const skipped = calendar.holidaysBetween(first, last)
  return [
    skipped.length > 0
      ? `Weekends are skipped, and bank holidays: ${skipped.map(said).join(', ')}.`
      : 'Weekends are skipped; no bank holiday lies between.',
    ...(last > calendar.knownTo
      ? [`Bank holidays after ${said(calendar.knownTo)} are not known yet: the day may move.`]
      : []),
  ]
}

function dueWords(one: Counted, calendar: Calendar): string[] {
  if (one.dueOn === undefined) return ['No day yet: what it goes with has none.']
  const due = one.dueAt === undefined ? said(one.dueOn) : saidMoment(one.dueAt)
  const lines = [`Due ${due}, that day included.`]
  if (one.dueAt !== undefined) lines[0] = `Due ${due}.`
  if (one.dueAt === undefined && one.planOn !== undefined && one.planOn !== one.dueOn) {
    const why = calendar.isHoliday(one.dueOn) ? 'a bank holiday' : 'a weekend'
    lines.push(`That is ${why}, and the day does not move: plan for ${said(one.planOn)}.`)
  }
  if (one.extendedKind && one.extendedOn !== undefined)
    lines.push(`Longer since ‘${kindWords(one.extendedKind)}’ on ${said(one.extendedOn)}.`)
  return lines
}

function outcomeWords(one: Counted): string[] {
  if (one.completedOn !== undefined && one.completedKind) {
    const lines = [
      `Completed by ‘${kindWords(one.completedKind)}’ on ${said(one.completedOn)}${one.late ? ': late' : ': in time'}.`,
    ]
    const recorded = one.completedRecordedOn
    if (!one.late && recorded !== undefined && one.dueOn !== undefined && recorded > one.dueOn)
      lines.push(`It was recorded after the due day, on ${said(recorded)}.`)
    return lines
  }
  if (one.state === 'ended' && one.endedOn !== undefined)
    return [`Ended on ${said(one.endedOn)}: ${endWords(one.endedBy)}.`]
  if (one.state === 'not-known')
    return ['It was due before this record came here, and nothing that came says whether it was done.']
  return []
}

const endWords = (kind: string | undefined) =>
  kind === 'age'
    ? 'the age at which it ends was reached'
    : kind === 'died'
      ? 'the child died'
      : kind === 'unseen'
        ? 'it was completed before what the import brought'
        : kind === 'time'
          ? 'its time was up'
          : `‘${kindWords(kind ?? '')}’`

export const statusWords: Readonly<Record<Status, string>> = {
  'not-started': 'Not started',
  running: 'Running',
  'due-soon': 'Due soon',
  overdue: 'Late',
  met: 'Done in time',
  'met-late': 'Done late',
  'not-required': 'Not required',
  ended: 'Ended',
  'not-known': 'Not known',
  flag: 'Running',
}

export const escalationWords: Readonly<Record<Escalation, string>> = {
  nobody: '',
  owner: 'Whose it is',
  'team-manager': 'Team manager',
  'service-manager': 'Service manager',
  'assistant-director': 'Assistant director',
}

/** Roles of the list in words. */
export const roleWords: Readonly<Record<Role, string>> = {
  FD: 'front door',
  FDM: 'front-door manager',
  EDT: 'emergency duty team',
  FHLP: 'lead practitioner',
  SW: 'social worker',
  LCPP: 'lead child protection practitioner',
  TM: 'team manager',
  SM: 'service manager',
  AD: 'assistant director',
  DCS: 'director of children’s services',
  NO: 'nominated officer',
  CPC: 'conference chair',
  IRO: 'reviewing officer',
  ADM: 'agency decision maker',
  ADO: 'adoption team',
  PAN: 'panel adviser',
  FOS: 'fostering team',
  PLC: 'placements team',
  HLT: 'looked-after children’s health team',
  VSH: 'virtual school',
  DT: 'designated teacher',
  PA: 'personal adviser',
  LEG: 'legal adviser',
  LADO: 'designated officer',
  RHI: 'return interviewer',
  CMP: 'complaints manager',
  BS: 'business support',
  PERF: 'performance team',
  IG: 'information rights',
}
