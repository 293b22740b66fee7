import type { FastifyRequest } from 'fastify'
import type { Opened } from '../../access/opening.ts'
import { reading } from '../../access/reading.ts'
import { openFamily, relativesNamed, tiesOf } from '../../people/relatives.ts'
import { sessionOf } from '../../web/session.ts'
import { type Day, dayOf } from '../../web/words.ts'

/** A child of the family whom a document may be about too. */
export interface Sibling {
  readonly id: string
  readonly name: string
  readonly born: Day | null
}

/** The children of a family whose records the reader may open, besides the one the page is about. */
export async function siblingsOf(request: FastifyRequest, opened: Opened): Promise<Sibling[]> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const today = dayOf(now())
  const grown = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`
  const sights = await openFamily(db, session, opened.people, { correlation: request.id })
  const { ties, named } = await reading(db, session, async (trx) => ({
    ties: await tiesOf(trx, opened.people),
    named: await relativesNamed(trx, [...sights.keys()]),
  }))
  const others = new Set(
    ties
      .filter(({ other, to }) => !opened.people.includes(other) && !(to && to < today))
      .map(({ other }) => other),
  )
  return [...others].flatMap((id) => {
    const one = sights.get(id) === 'open' ? named.get(id) : undefined
    return one?.name && !one.died && one.born && one.born > grown
      ? [{ id: one.id, name: one.name, born: one.born }]
      : []
  })
}
