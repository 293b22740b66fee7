import { addDays, type Day, daysBetween, formatShortDate, formatSpan } from '../web/words.ts'
import type { Standing } from './caseload-store.ts'

/** No law says these: after so long without anybody asking, somebody should. */
const weeksUnseen = 8
const weeksWithoutOversight = 8
const weeksUnwritten = 4
const monthsOnNeedPlan = 12
const timesLate = 3
const monthsOnPlan = 15
const monthsAccommodated = 12

const monthsBefore = (day: Day, months: number): Day => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return addDays(first.toISOString().slice(0, 10), Math.min(date, last) - 1)
}

/**
 * What has been left to drift for a child with help under way (practice 17.16), in words; nothing when all is well.
 * Counted from when help began where it never happened. An unborn child is visited by nobody.
 */
export function driftOf(
  child: Pick<
    Standing,
    | 'born'
    | 'seen'
    | 'helpedSince'
    | 'planSince'
    | 'accommodatedSince'
    | 'overseenOn'
    | 'writtenOn'
    | 'lateLately'
    | 'needPlanSince'
  >,
  on: Day,
): string[] {
  const { born, seen, helpedSince, planSince, accommodatedSince, overseenOn } = child
  const { writtenOn, lateLately, needPlanSince } = child
  const since = (last: Day | null, what: string, never: string, weeks: number) => {
    const from = last ?? helpedSince
    if (!from || daysBetween(from, on) <= weeks * 7) return undefined
    return last ? `${what} since ${formatShortDate(last)}, ${formatSpan(last, on)} ago` : never
  }
  return [
    born ? since(seen, 'Not seen', 'No visit on record', weeksUnseen) : undefined,
    since(overseenOn, 'No management oversight', 'No management oversight on record', weeksWithoutOversight),
    writtenOn && daysBetween(writtenOn, on) > weeksUnwritten * 7
      ? `Nothing written since ${formatShortDate(writtenOn)}, ${formatSpan(writtenOn, on)} ago`
      : undefined,
    lateLately >= timesLate ? `Late ${lateLately} times in half a year` : undefined,
    needPlanSince && needPlanSince < monthsBefore(on, monthsOnNeedPlan)
      ? `On a child in need plan for ${formatSpan(needPlanSince, on)}`
      : undefined,
    planSince && planSince < monthsBefore(on, monthsOnPlan)
      ? `On a child protection plan for ${formatSpan(planSince, on)}`
      : undefined,
    accommodatedSince && accommodatedSince < monthsBefore(on, monthsAccommodated)
      ? `Accommodated under section 20 for ${formatSpan(accommodatedSince, on)}`
      : undefined,
  ].filter((one) => one !== undefined)
}
