import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql, type Transaction } from 'kysely'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { clientWords } from '../access/sessions.ts'
import { identityGroups, identityOf } from '../people/identity-store.ts'
import { calledOf } from '../people/model.ts'
import { openFamily, relativesNamed, tiesOf } from '../people/relatives.ts'
import { notFound, refuse } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Trx = Transaction<any>

/** Field groups of what this area shows and writes, besides those that say who somebody is. */
export const groups = ['F07', 'F08', 'F09', 'F11', 'F12', 'F13', 'F14', 'F25', 'F26', 'F28'] as const

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws not found when what stands in an address is no id */
export function idIn(text: string): string {
  if (!uuid.test(text)) throw notFound()
  return text
}

/** A child whose record is open: one of those dealt with together. */
export interface Child {
  /** The record that leads, under which is written. */
  readonly id: string
  readonly name: string
  readonly born: Day | null
  readonly expected: Day | null
  readonly died: Day | null
  readonly onPlan: boolean
  readonly inCare: boolean
  /** Under every id. */
  readonly people: readonly string[]
  readonly writable: readonly string[]
}

interface Asked {
  readonly purpose: string
  readonly action: 'view' | 'write'
  /** Whose group must be open for a child to count as open. */
  readonly group: string
}

/**
 * Opens the records of several children; those that are not open to the reader are left out and counted.
 * @param ids the first is the one whose page it is
 */
export async function openThem(
  request: FastifyRequest,
  ids: readonly string[],
  { purpose, action, group }: Asked,
): Promise<{ readonly children: readonly Child[]; readonly closed: number }> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const answers = await openRecords(db, session, ids, {
    purpose,
    groups: [...new Set([...identityGroups, ...groups])].sort(),
    action,
    client: clientWords(request),
    correlation: request.id,
  })
  const opened = answers.filter(
    (one): one is Opened => one.allowed && (action === 'write' ? one.writable : one.groups).includes(group),
  )
  const on = dayOf(now())
  const children = await reading(db, session, async (trx) => {
    const found: Child[] = []
    for (const { person, people, writable, restriction } of opened) {
      const identity = await identityOf(trx, people, { person, on, restriction })
      if (!identity || found.some(({ id }) => id === identity.id)) continue
      const { born, expected, died, onPlan, inCare } = identity.standing
      found.push({
        ...{ id: identity.id, name: calledOf(identity), born, expected, died, onPlan, inCare },
        ...{ people, writable },
      })
    }
    return found
  })
  return { children, closed: ids.length - opened.length }
}

/**
 * Opens a child to write, and those dealt with together.
 * @returns undefined when the answer was sent
 * @throws Refusal 403 when this part may be read and not written
 */
export async function openToWrite(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  { group, purpose }: { group: string; purpose: string },
): Promise<Opened | undefined> {
  const opened = await openOrRefuse(request, reply, person, {
    purpose,
    groups: [...new Set([...identityGroups, ...groups])].sort(),
    action: 'write',
  })
  if (opened && !opened.writable.includes(group))
    throw refuse(403, 'You may read this part of the record and not write in it', {
      title: 'Not yours to write',
    })
  return opened
}

/** The children whom one meeting is about, for whoever has opened one of them; that one first. */
export async function metTogether(trx: Trx, together: string, first: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ people: string[] }>`select record.met_together(${together}) as people`.execute(
    trx,
  )
  const all = rows[0]!.people
  return [...all.filter((one) => first.includes(one)), ...all.filter((one) => !first.includes(one))]
}

/** Somebody of the family as a form offers them. */
export interface Relative {
  readonly id: string
  readonly name: string
  readonly born: Day | null
  readonly expected: Day | null
}

/** Sisters and brothers, born or expected, whom a meeting may be about too; and the grown of the family. */
export async function familyFor(
  request: FastifyRequest,
  opened: Opened,
): Promise<{ readonly children: readonly Relative[]; readonly adults: readonly Relative[] }> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const today = dayOf(now())
  const sights = await openFamily(db, session, opened.people, { correlation: request.id })
  const { ties, named } = await reading(db, session, async (trx) => ({
    ties: await tiesOf(trx, opened.people),
    named: await relativesNamed(trx, [...sights.keys()]),
  }))
  const ids = new Set(
    ties
      .filter(({ other, to }) => !opened.people.includes(other) && !(to && to < today))
      .map(({ other }) => other),
  )
  const all = [...ids].flatMap((id) => {
    const one = sights.get(id) === 'open' ? named.get(id) : undefined
    return one?.name && !one.died
      ? [{ id: one.id, name: one.name, born: one.born, expected: one.expected }]
      : []
  })
  const grown = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`
  const isChild = ({ born, expected }: Relative) => (born ? born > grown : expected !== null)
  return { children: all.filter(isChild), adults: all.filter((one) => !isChild(one)) }
}
