import type { FastifyRequest } from 'fastify'
import type { ListState } from '../web/list.ts'
import { formatShortDate, parseDate } from '../web/words.ts'
import type { TrailFilter } from './store.ts'
import { purposeWords } from './words.ts'

/** What a list of lines was filtered by: for SQL, as it was typed, and what of it could not be read. */
export interface AskedFilter {
  readonly filter: TrailFilter
  readonly typed: Readonly<Record<string, string>>
  readonly problems: readonly string[]
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the filter out of the address: `?who=&part=F09&purpose=&outcome=refused&from=1/11/2026&to=`. */
export function filterOf(request: FastifyRequest): AskedFilter {
  const query = request.query as Record<string, string | string[] | undefined>
  const typed = Object.fromEntries(
    ['who', 'part', 'purpose', 'outcome', 'from', 'to'].map((name) => [
      name,
      ([query[name]].flat()[0] ?? '').trim().slice(0, 300),
    ]),
  )
  const { who = '', part = '', purpose = '', outcome = '' } = typed
  const day = (name: 'from' | 'to') => (typed[name] ? parseDate(typed[name]) : undefined)
  const unread = (['from', 'to'] as const).filter((name) => typed[name] && !day(name))
  return {
    filter: {
      who: uuid.test(who) ? who : undefined,
      part: /^F\d\d$/.test(part) ? part : undefined,
      purpose: purpose || undefined,
      outcome: outcome === 'opened' || outcome === 'refused' ? outcome : undefined,
      from: day('from'),
      to: day('to'),
    },
    typed,
    problems: unread.map(
      (name) => `‘${typed[name]}’ is no date, so it was left out. Write dates like 23/11/2026.`,
    ),
  }
}

/** The filters that are on, each with the address without it. */
export function chosenOf(
  { filter }: AskedFilter,
  list: ListState,
  names: { workers: ReadonlyMap<string, string>; parts: ReadonlyMap<string, string> },
): { text: string; href: string }[] {
  const { who, part, purpose, outcome, from, to } = filter
  const one = (name: string, text: string | undefined) =>
    text === undefined ? [] : [{ text, href: list.link({ [name]: undefined }) }]
  return [
    ...one('who', who && (names.workers.get(who) ?? 'One worker')),
    ...one('part', part && (names.parts.get(part) ?? part)),
    ...one('purpose', purpose && purposeWords(purpose)),
    ...one('outcome', outcome && (outcome === 'refused' ? 'Refused' : 'Opened')),
    ...one('from', from && `From ${formatShortDate(from)}`),
    ...one('to', to && `Until ${formatShortDate(to)}`),
  ]
}
