import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { choice, optionalDay, optionalText } from '../web/form.ts'
import { formatShortDate } from '../web/words.ts'
import { answers, needsOf, needWords, spokenTo, toldByReturns, topics } from './communication.ts'
import { codesOf, dayValues, factForm, optionsOf } from './fact-form.ts'
import { originCodes, originFields, originRow, originSaid, originValues, textValues } from './origins.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'
import { changeColumn, factTable } from './sources.ts'

const schema = z
  .object({
    topic: choice(codesOf(topics), 'Choose what was asked'),
    answer: choice(codesOf(answers), 'Choose what they answered'),
    words: optionalText(500),
    asked_on: optionalDay({ notAfterToday: 'They cannot have been asked on a day to come' }),
    to_day: optionalDay({ notAfterToday: 'Say that it changed when it has' }),
    ...originFields,
    origin: choice(originCodes, 'Choose who told it'),
  })
  .refine(({ answer, words }) => answer !== 'known' || words, {
    message: 'Say what they need',
    path: ['words'],
  })
  .refine(({ asked_on, to_day }) => !asked_on || !to_day || asked_on <= to_day, {
    message: 'It ends before it begins',
    path: ['to_day'],
  })

/** Language, interpreter, communication need and adjustment: asked, answered or refused, with who said it and when. */
export const communicationPages: FastifyPluginAsync = async (app) => {
  app.get(paths.communication.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.communication.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading how to speak and write to somebody',
        groups: ['F06'],
        heading: 'How to speak and write to them',
        template: 'people/views/communication.njk',
      },
      async ({ trx, opened, on, knownAt }) => {
        const needs = await needsOf(trx, opened.people)
        const writes = opened.level === 'full' && !knownAt
        return {
          writes,
          spoken: spokenTo(needs, await toldByReturns(trx, opened.people), on).map((one) => ({
            ...one,
            addHref: paths.needAdd({ person }, { topic: one.topic }),
          })),
          tables: [
            factTable({
              person,
              table: 'communication_need',
              heading: 'What was asked and answered',
              columns: ['About', 'Answer', 'Asked on', 'Until', 'Told by', changeColumn],
              facts: needs,
              empty: 'Nobody has recorded what they need',
              cellsOf: (one) => [
                topics[one.topic],
                needWords(one),
                formatShortDate(one.asked_on),
                one.to_day ? formatShortDate(one.to_day) : '',
                originSaid(one as unknown as Record<string, unknown>),
                writes ? { text: 'Change', href: paths.need({ person, fact: one.id }) } : '',
              ],
            }),
          ],
        }
      },
    )
  })

  factForm(app, {
    table: 'communication_need',
    group: 'F06',
    add: paths.needAdd,
    change: paths.need,
    done: (person) => paths.communication({ person }),
    template: 'people/views/communication-need.njk',
    headings: { add: 'Ask how to speak and write to them', change: 'Change an answer' },
    schema,
    blank: ({ request, today }) => ({
      topic: String((request.query as { topic?: string }).topic ?? ''),
      asked_on: formatShortDate(today),
    }),
    valuesOf: (row) => ({
      ...textValues(row, 'topic', 'answer', 'words'),
      ...dayValues(row, 'asked_on', 'to_day'),
      ...originValues(row),
    }),
    data: async () => ({ topics: optionsOf(topics), answers: optionsOf(answers) }),
    rowOf: (value, { today }) => ({
      topic: value.topic,
      answer: value.answer,
      words: value.answer === 'known' ? value.words : null,
      asked_on: value.asked_on ?? today,
      to_day: value.to_day ?? null,
      ...originRow(value),
    }),
  })
}
