import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { adders, lookFor } from './matching.ts'
import { questionOf } from './model.ts'
import { paths } from './paths.ts'

export { rowOf } from './matching.ts'

const mostShown = 50
const mostSuggested = 8

/** One box for whatever is known of somebody: name, birth date, number, postcode. */
export const searchPages: FastifyPluginAsync = async (app) => {
  app.get(housePaths.search.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const typed = typedIn(request)
    const found = typed.trim() ? await search(request, typed, mostShown) : undefined
    const mayAdd = sessionOf(request).roles.some((role) => adders.roles.some((one) => one === role))
    return reply.page('people/views/search.njk', { title: 'Search', typed, mayAdd, ...found })
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

function search(request: FastifyRequest, typed: string, most: number) {
  const today = dayOf(request.server.deps.now?.() ?? new Date())
  const question = questionOf(typed, (text) => parseDate(text, today))
  return lookFor(request, [question], { most, purpose: 'looking for a person' })
}
