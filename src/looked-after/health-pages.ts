import type { FastifyPluginAsync } from 'fastify'
import { codeCell, dayCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { factTable, yesNo } from '../people/sources.ts'
import { paths } from './paths.ts'

/** Health of a child looked after, year by year as the return asks, and the questionnaires on strengths and difficulties. */
export const healthPages: FastifyPluginAsync = async (app) => {
  app.get(paths.health.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.health.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about health',
        groups: ['F16', 'F17', 'F18', 'F19'],
        heading: 'Health',
        template: 'people/views/facts-part.njk',
      },
      (part) => health(person, part),
    )
  })
}

async function health(person: string, { trx, opened, open }: OpenPart) {
  const { people } = opened
  const years = await factsOf<{
    collection_year: string
    health_check: boolean | null
    immunisations: boolean | null
    teeth_check: boolean | null
    health_assessment: boolean | null
  }>(trx, 'health_outcome', people, ['collection_year', 'id'])
  const questionnaires = await factsOf<{
    collection_year: string | null
    sdq_completed_date: string | null
    sdq_score: number | null
    sdq_reason: string | null
  }>(trx, 'sdq', people, ['collection_year', 'id'])
  const misuse = await factsOf<{
    collection_year: string
    substance_misuse: boolean | null
    intervention_offered: boolean | null
    intervention_received: boolean | null
  }>(trx, 'substance_misuse_outcome', people, ['collection_year', 'id'])
  const convictions = await factsOf<{ collection_year: string; convicted: boolean | null }>(
    trx,
    'conviction_outcome',
    people,
    ['collection_year', 'id'],
  )
  const tables = [
    factTable({
      person,
      table: 'health_outcome',
      heading: 'Health checks in the year',
      columns: [
        'Year to 31 March',
        'Health assessment',
        'Dental check',
        'Immunisations up to date',
        'Health checks up to date',
      ],
      facts: years,
      empty: 'No year of health checks is on record',
      cellsOf: (one) => [
        one.collection_year,
        yesNo(one.health_assessment),
        yesNo(one.teeth_check),
        yesNo(one.immunisations),
        yesNo(one.health_check),
      ],
    }),
    factTable({
      person,
      table: 'sdq',
      heading: 'Strengths and difficulties',
      columns: ['Year', 'Completed', { text: 'Score of 40', number: true }, 'Why there is none'],
      facts: questionnaires,
      empty: 'No questionnaire is on record',
      cellsOf: (one) => [
        one.collection_year,
        dayCell(one.sdq_completed_date),
        one.sdq_score === null ? '' : String(one.sdq_score),
        codeCell('sdq_reason', one.sdq_reason),
      ],
    }),
  ]
  if (open('F18'))
    tables.push(
      factTable({
        person,
        table: 'substance_misuse_outcome',
        heading: 'Substance misuse',
        columns: ['Year', 'A concern', 'Help offered', 'Help received'],
        facts: misuse,
        empty: 'Nothing is on record',
        cellsOf: (one) => [
          one.collection_year,
          yesNo(one.substance_misuse),
          yesNo(one.intervention_offered),
          yesNo(one.intervention_received),
        ],
      }),
    )
  if (open('F19'))
    tables.push(
      factTable({
        person,
        table: 'conviction_outcome',
        heading: 'Offending',
        columns: ['Year', 'Convicted or cautioned'],
        facts: convictions,
        empty: 'Nothing is on record',
        cellsOf: (one) => [one.collection_year, yesNo(one.convicted)],
      }),
    )
  return { tables }
}
