import type { Clock } from './clock.ts'

/** How far an authority may set a count: up to its own for a statutory clock; undefined where there is no bound. */
export const mostOf = ({ statutory, counts }: Clock, place: number): number | undefined =>
  counts[place]!.most ?? (statutory ? counts[place]!.n : undefined)

/**
 * Why an authority may not set this time, in words; undefined when it may. A statutory time may be made shorter, never
 * longer; an event or a date that others set cannot be set here at all.
 */
export function whyNotTighten(clock: Clock, place: number, n: number): string | undefined {
  const count = clock.counts[place]
  if (!count) return 'Choose which time'
  if (['DATE', 'EVT', 'TERM'].includes(count.unit)) return 'This follows a day that others set'
  if (n < 1 && count.n > 0) return 'It must be at least 1'
  const most = mostOf(clock, place)
  return most !== undefined && n > most
    ? `The law or national guidance allows ${most} at most. It may be made shorter, not longer`
    : undefined
}
