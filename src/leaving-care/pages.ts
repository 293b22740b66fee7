import type { FastifyPluginAsync } from 'fastify'
import { codeCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { showPart } from '../people/record.ts'
import { factTable } from '../people/sources.ts'
import { paths } from './paths.ts'

/** Leaving care as the return tells it, birthday by birthday. */
export const pages: FastifyPluginAsync = async (app) => {
  app.get(paths.leavingCare.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.leavingCare.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about leaving care',
        groups: ['F22'],
        heading: 'Leaving care',
        template: 'people/views/facts-part.njk',
      },
      async ({ trx, opened }) => {
        const years = await factsOf<{
          collection_year: string
          in_touch: string | null
          activ: string | null
          accom: string | null
        }>(trx, 'care_leaver_outcome', opened.people, ['collection_year', 'id'])
        return {
          tables: [
            factTable({
              person,
              table: 'care_leaver_outcome',
              heading: 'About the birthday in each year',
              columns: ['Year', 'In touch', 'Doing', 'Lives in'],
              facts: years,
              empty: 'No year after care is on record',
              cellsOf: (one) => [
                one.collection_year,
                codeCell('in_touch', one.in_touch),
                codeCell('activity', one.activ),
                codeCell('accommodation', one.accom),
              ],
            }),
          ],
        }
      },
    )
  })
}
