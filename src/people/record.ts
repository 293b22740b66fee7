import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import type { Opened } from '../access/opening.ts'
import { paths as accessPaths } from '../access/paths.ts'
import { reading } from '../access/reading.ts'
import type { KnownAt } from '../web/known-at.ts'
import { knownAtOf } from '../web/known-at.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { type Day, dayOf } from '../web/words.ts'
import { firstKnown, type Identity, identityGroups, identityOf } from './identity-store.ts'
import { badgesOf, calledOf } from './model.ts'
import { paths } from './paths.ts'
import { remarksOn } from './remarks.ts'
import type { FactTable } from './sources.ts'

/** What a part of a record's page works with. */
export interface OpenPart {
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  readonly trx: Transaction<any>
  readonly opened: Opened
  readonly session: Session
  readonly identity: Identity
  /** The day the page is about: today, or the day looked back to. */
  readonly on: Day
  readonly knownAt: KnownAt | undefined
  /** Whether one of these field groups is open. */
  open(...groups: string[]): boolean
}

export interface PartAsked {
  readonly person: string
  /** Why, as the trail keeps it. */
  readonly purpose: string
  /** Field groups of this part, besides those that say who somebody is. */
  readonly groups: readonly string[]
  /** The page's h1 and a part of its title. */
  readonly heading: string
  readonly template: string
  /** What else has to be opened, relatives for one: after the record itself, before anything is read. */
  before?(opened: Opened, knownAt: KnownAt | undefined): Promise<void>
}

/**
 * A part of a person's record as a page: opens it (which puts it on the trail), reads everything in one transaction,
 * and answers with the shell that every part shares. Where nothing can be shown it answers why.
 * @param work reads the part; what it returns is the template's
 */
export async function showPart(
  request: FastifyRequest,
  reply: FastifyReply,
  { person, purpose, groups, heading, template, before }: PartAsked,
  work: (part: OpenPart) => Promise<Record<string, unknown>>,
): Promise<unknown> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const knownAt = knownAtOf(request, now())
  const asked = [...new Set([...identityGroups, ...groups])].sort()
  const opened = await openOrRefuse(request, reply, person, { purpose, groups: asked })
  if (!opened) return reply
  await before?.(opened, knownAt)
  const on = knownAt ? dayOf(knownAt.moment) : dayOf(now())
  const page = await reading(
    db,
    session,
    async (trx) => {
      const identity = await identityOf(trx, opened.people, { person, on, restriction: opened.restriction })
      if (!identity) return { nothing: await firstKnown(trx, opened.people) }
      const open = (...some: string[]) => some.some((group) => opened.groups.includes(group))
      const part = { trx, opened, session, identity, on, knownAt, open }
      const data: Record<string, unknown> = await work(part)
      const remarked = await remarksOn(request, person, part, data.tables as readonly FactTable[] | undefined)
      return { identity, data: { ...data, tables: remarked.tables, remarked } }
    },
    { knownAt: knownAt?.moment },
  )
  if (!page.identity || !page.data) {
    return reply.page('people/views/held-nothing.njk', {
      title: 'We held nothing then',
      width: 'writing',
      knownAt,
      person,
      first: page.nothing,
      now: paths.record({ person }),
    })
  }
  const { identity } = page
  // Of records that were merged one leads: what is written from here on is written there.
  if (identity.id !== person && request.method === 'GET' && !knownAt)
    return reply.redirect(request.url.replace(person, identity.id), 303)
  const name = calledOf(identity)
  return reply.page(template, {
    title: heading === 'Summary' ? name : `${heading}, ${name}`,
    heading,
    printSubject: name,
    width: 'record',
    knownAt,
    on,
    person,
    opened: {
      level: opened.level,
      groups: opened.groups,
      rule: opened.rule,
      breakGlass: opened.breakGlass,
      mayOpenMore: opened.mayOpenMore,
    },
    nothingOpen: groups.length > 0 && !groups.some((group) => opened.groups.includes(group)),
    child: barOf(identity, on, opened.groups.includes('F26')),
    ...page.data,
  })
}

/** Who this is, for the bar that never scrolls away. */
function barOf(identity: Identity, on: Day, workerOpen: boolean) {
  const { standing } = identity
  return {
    name: calledOf(identity),
    href: paths.record({ person: identity.id }),
    born: standing.born,
    bornEstimated: identity.bornEstimated,
    expected: standing.expected,
    died: standing.died,
    pronouns: identity.pronouns,
    number: identity.reference,
    badges: badgesOf(standing, on),
    hazards: identity.hazards,
    worker:
      identity.worker || identity.team
        ? { name: identity.worker ?? 'Nobody allocated', team: identity.team }
        : workerOpen
          ? undefined
          : { name: 'Worker not open to you', team: null },
    knowHref: accessPaths.iKnowThisFamily({ person: identity.id }),
  }
}
