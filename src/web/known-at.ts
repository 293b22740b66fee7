import type { FastifyRequest } from 'fastify'
import { refuse } from './errors.ts'
import { endOfDay, formatDate, formatMoment, parseDate } from './words.ts'

export interface KnownAt {
  /** The moment to hand to `reading(…, { knownAt })`. */
  readonly moment: Date
  /** As it stands in the address, so that links keep it. */
  readonly text: string
  /** 'Mon 23 Nov 2026', or with a time when one was asked for. */
  readonly words: string
}

/**
 * `?known-at=2026-11-23` (the end of that day) or `?known-at=2026-11-23T14:30`; undefined when the page is about now.
 * What cannot be read, and what lies ahead, is refused in words.
 */
export function knownAtOf(request: FastifyRequest, now = new Date()): KnownAt | undefined {
  const raw = (request.query as Record<string, unknown>)['known-at']
  if (raw === undefined || raw === '') return undefined
  const title = 'That day cannot be shown'
  const next = { text: 'See it as it is now', href: request.url.split('?')[0]! }
  if (typeof raw !== 'string')
    throw refuse(400, 'One moment at a time: the address names several', { title, next })
  const exact = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(raw)
  const date = exact ? undefined : parseDate(raw)
  const moment = exact ? new Date(raw) : date && endOfDay(date)
  if (!moment || Number.isNaN(moment.getTime())) {
    throw refuse(400, 'Write the day you want to look back to like 23/11/2026', { title, next })
  }
  // Today stands for now: the day is not over.
  if (date && moment > now && endOfDay(date).getTime() - now.getTime() < 86_400_000) return undefined
  if (moment > now) {
    throw refuse(400, 'That day has not come yet. Choose a day in the past.', { title, next })
  }
  return { moment, text: exact ? raw : date!, words: exact ? formatMoment(moment) : formatDate(date!) }
}
