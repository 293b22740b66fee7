import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Opened } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { type Session, sessionOf } from '../web/session.ts'
import type { Day } from '../web/words.ts'
import { type Conference, conferenceOf, conferencesTogether } from './conferences-store.ts'
import { earlierPlan, plansBefore } from './model.ts'
import { paths } from './paths.ts'
import { type Child, idIn, metTogether, openThem, openToWrite, type Trx } from './together.ts'

export const purpose = 'a child protection conference'
export const group = 'F14'
export const column = 'conference_id' as const

/** One child's row of a conference, with the child. */
export interface Own {
  readonly row: Conference
  readonly child: Child
}

/** A conference opened to write in, with every child it is about whose record is the reader’s to write in. */
export interface Found {
  readonly all: readonly Own[]
  readonly first: Opened
  readonly closed: number
}

/** @returns undefined when the answer was sent */
export async function openConference(
  request: FastifyRequest,
  reply: FastifyReply,
  needs = group,
): Promise<Found | undefined> {
  const { person, conference } = paths.conference.read(request)
  const first = await openToWrite(request, reply, person, { group: needs, purpose })
  if (!first) return undefined
  const ids = await togetherIds(request, first, conference)
  const { children, closed } = await openThem(request, ids, { purpose, action: 'write', group: needs })
  const all = await reading(request.server.deps.db, sessionOf(request), (trx) =>
    ownOf(trx, first.people, conference, children),
  )
  return { all, first, closed }
}

/** The children of a conference, that of the page first. */
export function togetherIds(request: FastifyRequest, first: Opened, conference: string, knownAt?: Date) {
  return reading(
    request.server.deps.db,
    sessionOf(request),
    async (trx) => {
      const own = await conferenceOf(trx, first.people, idIn(conference))
      if (!own) throw notFound()
      return metTogether(trx, own.held_together, first.people)
    },
    { knownAt },
  )
}

/** The rows of a conference, that of the page first. */
export async function ownOf(
  trx: Trx,
  people: readonly string[],
  conference: string,
  children: readonly Child[],
): Promise<readonly Own[]> {
  const own = await conferenceOf(trx, people, idIn(conference))
  if (!own) throw notFound()
  const rows = await conferencesTogether(trx, own.held_together)
  const all = rows.flatMap((row): Own[] => {
    const child = children.find((one) => one.people.includes(row.person_id))
    return child ? [{ row, child }] : []
  })
  const first = all.find(({ row }) => row.id === own.id)
  if (!first) throw notFound()
  return [first, ...all.filter((one) => one !== first)]
}

/** Whether whoever is signed in chairs it. */
export const chairsIt = (session: Session, { chair_id }: Conference) =>
  session.roles.includes('A-IRO') && (chair_id === null || chair_id === session.account.id)

/** @throws Refusal 403 for everybody but its chair: nobody else records what a conference decided (practice 5.2) */
export function mustChair(session: Session, conference: Conference): void {
  if (!chairsIt(session, conference))
    throw refuse(
      403,
      `${conference.chair ?? 'Whoever chairs it'} records what the conference decided. If somebody else chairs, name them first where the conference is called`,
      {
        title: 'The chair records it',
      },
    )
}

/** That a child was on a plan before, as whoever decides sees it. */
export function earlierWords(
  plans: readonly { id: string; end: Day | null; reported: number | null }[],
  own: string | null,
  on: Day,
): string | undefined {
  const before = plans.filter(({ id }) => id !== own)
  const count = plansBefore(before)
  const found = earlierPlan(
    before.flatMap(({ end }) => end ?? []),
    on,
    count,
  )
  if (found === 'none') return undefined
  return `${count === 1 ? 'A plan' : `${count} plans`} before this${found === 'within-two-years' ? ', the last within two years' : ''}`
}
