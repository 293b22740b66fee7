import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { type Opened, openRecords } from '../access/opening.ts'
import { clientWords } from '../access/sessions.ts'
import { eventKinds } from '../events/kinds.ts'
import { happenings } from '../events/store.ts'
import { identityGroups } from '../people/identity-store.ts'
import { refuse } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, formatShortDate, parseDate } from '../web/words.ts'
import { areaWords, withoutHandOvers } from './chronology.ts'
import { curated, type Entry, entriesOf, type Whose } from './chronology-curating.ts'
import { marksOf } from './chronology-store.ts'
import { type Sibling, siblingsOf } from './documents/siblings.ts'

/** Every field group something happens in, and the curated chronology’s own. */
export const chronologyGroups: readonly string[] = [
  ...new Set([
    ...eventKinds.map(({ group }) => group).filter((group) => group !== 'row'),
    ...['F03', 'F04', 'F07', 'F27'],
  ]),
]

/** How much a chronology shows. */
export const views = {
  all: 'Everything, daily work too',
  chosen: 'The chronology for others',
  significant: 'Only what is significant',
} as const
export type View = keyof typeof views

/** What is to be shown: it stands in the address of the page. */
export interface Filters {
  readonly view: View
  readonly areas: readonly string[]
  readonly from: Day | undefined
  readonly to: Day | undefined
  /** Sisters and brothers to show with the child: ids as asked for. */
  readonly also: readonly string[]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws Refusal 400 for a day that cannot be read; everything else that is not known is left aside */
export function filtersOf(request: FastifyRequest, back: string): Filters {
  const query = request.query as Record<string, string | string[] | undefined>
  const all = (name: string) => [query[name]].flat().filter((one): one is string => one !== undefined)
  const dayIn = (name: string): Day | undefined => {
    const typed = all(name)[0]?.trim()
    if (!typed) return undefined
    const day = parseDate(typed)
    if (!day)
      throw refuse(400, `‘${typed.slice(0, 30)}’ (${name}) is no date. Write it like 23/11/2026`, {
        title: 'That day cannot be read',
        next: { text: 'Back to the chronology', href: back },
      })
    return day
  }
  const view = all('view')[0] ?? 'all'
  return {
    view: Object.hasOwn(views, view) ? (view as View) : 'all',
    areas: all('area').filter((one) => Object.hasOwn(areaWords, one)),
    from: dayIn('from'),
    to: dayIn('to'),
    also: all('also').filter((one) => uuid.test(one)),
  }
}

/** The filters as the query of an address. */
export const queryOf = ({ view, areas, from, to, also }: Filters) => ({
  view: view === 'all' ? undefined : view,
  area: areas,
  from: from && formatShortDate(from),
  to: to && formatShortDate(to),
  also,
})

/** Opens, of the sisters and brothers asked for, those whose record is open to this reader. */
export async function openSiblings(
  request: FastifyRequest,
  opened: Opened,
  also: readonly string[],
  purpose: string,
  action?: 'write' | 'export',
): Promise<{ siblings: readonly Sibling[]; open: readonly (Sibling & { opened: Opened })[] }> {
  const siblings = await siblingsOf(request, opened)
  const wanted = siblings.filter(({ id }) => also.includes(id))
  const answers = await openRecords(
    request.server.deps.db,
    sessionOf(request),
    wanted.map(({ id }) => id),
    {
      purpose,
      groups: [...new Set([...identityGroups, ...chronologyGroups, 'F25', 'F34'])],
      ...(action ? { action } : {}),
      client: clientWords(request),
      correlation: request.id,
    },
  )
  return {
    siblings,
    open: answers.flatMap((one, n) => (one.allowed ? [{ ...wanted[n]!, opened: one }] : [])),
  }
}

/**
 * The lines of the chronology of some children as the filters want them, the latest first.
 * @param most so many happenings of each child at most
 */
export async function gather(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  whose: readonly Whose[],
  { view, areas, from, to }: Filters,
  { on, most }: { on: Day; most: number },
): Promise<{ entries: Entry[]; leftOut: number; more: Day | undefined }> {
  const kinds = areas.length
    ? eventKinds.filter(({ area }) => areas.includes(area)).map(({ kind }) => kind)
    : undefined
  const last = to && to < on ? to : undefined
  let more: Day | undefined
  const happened = []
  for (const { people } of whose) {
    const found = await happenings(trx, people, { kinds, from, to: last, most: most + 1 })
    if (found.length > most) more = [more ?? '', found[most - 1]!.day].sort().at(-1)
    happened.push(...withoutHandOvers(found.slice(0, most)))
  }
  const inOrder = happened
    .map((one, place) => ({ one, place }))
    .sort((a, b) => b.one.day.localeCompare(a.one.day) || a.place - b.place)
    .map(({ one }) => one)
  const marks = await marksOf(
    trx,
    whose.flatMap(({ people }) => people),
  )
  const all = entriesOf(whose, inOrder, marks)
  return {
    entries: view === 'all' ? all : curated(all, view === 'significant'),
    leftOut: all.filter(({ leftOut }) => leftOut?.byHand).length,
    more,
  }
}
