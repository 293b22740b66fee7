import type { FastifyPluginAsync } from 'fastify'
import { codeCell, dayCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { showPart } from '../people/record.ts'
import { factTable, yesNo } from '../people/sources.ts'
import { paths } from './paths.ts'

/** Adoption as the return tells it: the decision, the match, the adopters in numbers. */
export const pages: FastifyPluginAsync = async (app) => {
  app.get(paths.adoption.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.adoption.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about adoption',
        groups: ['F21'],
        heading: 'Adoption',
        template: 'people/views/facts-part.njk',
      },
      async ({ trx, opened }) => {
        const adoptions = await factsOf<{
          date_int: string | null
          date_match: string | null
          foster_care: boolean | null
          nb_adoptr: string | null
          sex_adoptr: string | null
          ls_adoptr: string | null
        }>(trx, 'adoption', opened.people, ['date_int', 'id'])
        const placing = await factsOf<{
          date_placed: string
          date_placed_ceased: string | null
          reason_placed_ceased: string | null
        }>(trx, 'placed_for_adoption', opened.people, ['date_placed', 'id'])
        return {
          tables: [
            factTable({
              person,
              table: 'adoption',
              heading: 'Decision and match',
              columns: [
                'Decided',
                'Matched',
                'By the foster carer',
                'Adopters',
                'Sex of adopters',
                'Standing of adopters',
              ],
              facts: adoptions,
              empty: 'No decision about adoption is on record',
              cellsOf: (one) => [
                dayCell(one.date_int),
                dayCell(one.date_match),
                yesNo(one.foster_care),
                codeCell('number_of_adopters', one.nb_adoptr),
                codeCell('sex_of_adopters', one.sex_adoptr),
                codeCell('legal_status_of_adopters', one.ls_adoptr),
              ],
            }),
            factTable({
              person,
              table: 'placed_for_adoption',
              heading: 'Decision to place',
              columns: ['Decided', 'Reversed', 'Why reversed'],
              facts: placing,
              empty: 'No decision to place for adoption is on record',
              cellsOf: (one) => [
                dayCell(one.date_placed),
                dayCell(one.date_placed_ceased),
                codeCell('reason_placed_ceased', one.reason_placed_ceased),
              ],
            }),
          ],
        }
      },
    )
  })
}
