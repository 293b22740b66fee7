import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refuse } from '../web/errors.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, parseDate } from '../web/words.ts'
import { type Found, findPeople, type IndexCard, restrictedMayMatch } from './index-store.ts'
import { likelyOf } from './likely.ts'
import { asksNothing, calledOf, questionOf } from './model.ts'
import { paths } from './paths.ts'
import { matchedWords } from './words.ts'

const mostShown = 50
const mostSuggested = 8

/** One box for whatever is known of somebody: name, birth date, number, postcode. */
export const searchPages: FastifyPluginAsync = async (app) => {
  app.get(housePaths.search.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const typed = typedIn(request)
    const found = typed.trim() ? await search(request, typed, mostShown) : undefined
    return reply.page('people/views/search.njk', { title: 'Search', typed, ...found })
  })
  app.get(paths.suggestions.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const typed = typedIn(request)
    const found = typed.trim().length > 1 ? await search(request, typed, mostSuggested) : undefined
    return reply.fragment('people/views/suggestions.njk', { typed, ...found })
  })
}

const typedIn = (request: FastifyRequest): string => {
  const { q } = request.query as Record<string, string | string[] | undefined>
  return ([q].flat()[0] ?? '').slice(0, 200)
}

/** Looks in the index; what was asked and who was shown stand on the trail before the answer leaves. */
async function search(request: FastifyRequest, typed: string, most: number) {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const today = dayOf(now())
  const question = questionOf(typed, (text) => parseDate(text, today))
  if (asksNothing(question)) return { asked: true, people: [], more: false, restricted: false }
  const opened = await openList(db, session, 'search', {
    purpose: 'looking for a person',
    asked: question.text,
    correlation: request.id,
  })
  if (!opened.allowed) {
    throw refuse(403, 'Looking people up by name is for those who work with families. Ask one of them.', {
      title: 'Searching for people is not part of your role',
    })
  }
  const { found, restricted } = await reading(db, session, async (trx) => ({
    found: await findPeople(trx, likelyOf(question, addDays(today, 300)), most + 1),
    restricted: await restrictedMayMatch(trx, question),
  }))
  const shown = found.slice(0, most)
  await noteShown(
    db,
    session,
    'search',
    [...new Set(shown.flatMap(({ id, household }) => [id, ...household.map((one) => one.id)]))],
    request.id,
  )
  return { asked: true, people: shown.map(foundRow), more: found.length > most, restricted }
}

/** Somebody who was found, with why, and with whom they live. */
const foundRow = (found: Found) => ({
  ...rowOf(found),
  matched: [...new Set(found.matched.map((how) => matchedWords[how] ?? how))],
  household: found.household.map(({ name }) => name),
})

/** One person of a list, as templates show them. */
export const rowOf = (card: IndexCard) => ({
  ...card,
  called: calledOf(card),
  href: paths.record({ person: card.id }),
})
