import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading, writing } from '../access/reading.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { livingSummaries, writeSummary } from './chronology-store.ts'
import { summaryIsOld } from './living-summary.ts'
import { paths } from './paths.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const schema = z.object({ words: text('Write the summary', 1500) })
const purpose = 'the living summary'

/** The living summary on top of a record: who this child is and what matters now, rewritten as it changes. */
export const livingSummaryPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.livingSummary.pattern, open, async (request, reply) => {
    const { person } = paths.livingSummary.read(request)
    const { draft: wanted } = request.query as { draft?: string }
    const draft =
      wanted && uuid.test(wanted)
        ? await reading(db, sessionOf(request), (trx) => draftOf(trx, wanted))
        : undefined
    return show(request, reply, (latest) =>
      drafting({
        form: 'living-summary',
        page: paths.livingSummary({ person }),
        about: [person],
        group: 'F27',
        draft,
        start: { words: latest ?? '' },
      }),
    )
  })

  app.post(paths.livingSummary.pattern, open, async (request, reply) => {
    const { person } = paths.livingSummary.read(request)
    const session = sessionOf(request)
    const form = parseForm(schema, request.body)
    const again = (errors: Record<string, string> = {}) =>
      show(request, reply, () =>
        drafting({
          form: 'living-summary',
          page: paths.livingSummary({ person }),
          about: [person],
          group: 'F27',
          again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
        }),
      )
    if (!form.ok) return again()
    const opened = await openOrRefuse(request, reply, person, {
      purpose: `writing ${purpose}`,
      groups: ['F27'],
      action: 'write',
    })
    if (!opened) return reply
    if (!opened.writable.includes('F27'))
      return again({ words: 'You may read this record but not write its summary' })
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await writeSummary(trx, person, form.value.words, dayOf(now()))
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.livingSummary({ person })
      }),
    )
    return reply.redirect(paths.livingSummary({ person }), 303)
  })

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    dataFor: (latest: string | undefined) => ReturnType<typeof drafting>,
  ): Promise<unknown> {
    const { person } = paths.livingSummary.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: `reading ${purpose}`,
        groups: ['F27'],
        heading: 'Living summary',
        template: 'casework/views/living-summary.njk',
      },
      async ({ trx, opened, knownAt, on }) => {
        const summaries = await livingSummaries(trx, opened.people)
        const data = dataFor(summaries[0]?.words)
        if (data.form.summary.length > 0) reply.code(422)
        return {
          ...data,
          summaries,
          old: summaries[0] && summaryIsOld(summaries[0].writtenOn, on),
          writes: opened.level === 'full' && !knownAt,
          action: paths.livingSummary({ person }),
        }
      },
    )
  }
}
