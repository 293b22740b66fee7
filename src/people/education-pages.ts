import type { FastifyPluginAsync } from 'fastify'
import { labelOf } from '../codes/codes.ts'
import { formatShortDate } from '../web/words.ts'
import { factsOf } from './facts-store.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'
import { factTable } from './sources.ts'

/** Education, as far as the returns tell of it: pupil numbers, and why one is not known. */
export const educationPages: FastifyPluginAsync = async (app) => {
  app.get(paths.education.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.education.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about education',
        groups: ['F20'],
        heading: 'Education',
        template: 'people/views/facts-part.njk',
      },
      async ({ trx, opened, identity }) => {
        const numbers = await factsOf<{
          kind: string
          value: string
          from_day: string | null
          to_day: string | null
        }>(trx, 'person_identifier', opened.people, ['kind', 'from_day', 'id'])
        const why = identity.upnUnknown
        return {
          tables: [
            factTable({
              person,
              table: 'person_identifier',
              heading: 'Unique pupil numbers',
              columns: ['Number', 'Kind', 'From', 'To'],
              facts: numbers.filter(({ kind }) => kind === 'upn' || kind === 'former-upn'),
              empty: why ? `No number: ${labelOf('upn_unknown', why)}` : 'No pupil number is on record',
              cellsOf: (one) => [
                one.value,
                one.kind === 'upn' ? 'Current' : 'Former',
                one.from_day ? formatShortDate(one.from_day) : '',
                one.to_day ? formatShortDate(one.to_day) : '',
              ],
            }),
          ],
        }
      },
    )
  })
}
