import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, text } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { isId } from './fact-form.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'

const schema = z.object({
  reason: text('Say what was wrong with it: whoever reads the history will ask', 500).refine(
    (words) => words.length >= 3,
    'Say a little more',
  ),
})

/** What may be taken back, its field group, and where one reads on afterwards. */
const tables: Readonly<Record<string, { group: string; what: string; done: (person: string) => string }>> = {
  relationship: { group: 'F07', what: 'A relationship', done: (person) => paths.family({ person }) },
  parental_responsibility: {
    group: 'F07',
    what: 'Parental responsibility',
    done: (person) => paths.family({ person }),
  },
  unknown_parent: {
    group: 'F07',
    what: 'A parent who is not known',
    done: (person) => paths.family({ person }),
  },
  contact_arrangement: {
    group: 'F07',
    what: 'Who may see, fetch or find the child',
    done: (person) => paths.whoMay({ person }),
  },
  hazard: { group: 'F24', what: 'A warning', done: (person) => paths.warnings({ person }) },
  risk_posed: { group: 'F24', what: 'A possible risk', done: (person) => paths.warnings({ person }) },
  risk_evidence: {
    group: 'F19',
    what: 'What a warning rests on',
    done: (person) => paths.warnings({ person }),
  },
  communication_need: {
    group: 'F06',
    what: 'How to speak and write to them',
    done: (person) => paths.communication({ person }),
  },
}

/** Taking out of the record what was entered in error. Its history stays, with who took it out and why. */
export const takeBackPages: FastifyPluginAsync = async (app) => {
  const open = { config: { access: 'signed-in' } } as const

  function asked(request: FastifyRequest) {
    const found = paths.takeBack.read(request)
    const table = Object.hasOwn(tables, found.table) ? tables[found.table] : undefined
    if (!table || !isId(found.fact)) throw notFound()
    return { ...found, ...table }
  }

  function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person, table, fact, group, what, done } = asked(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'taking back what was entered in error',
        groups: [group],
        heading: 'Entered in error',
        template: 'people/views/take-back.njk',
      },
      async () => ({
        form,
        what,
        back: done(person),
        action: request.url,
        history: paths.fact({ person, table, fact }),
      }),
    )
  }

  app.get(paths.takeBack.pattern, open, (request, reply) => show(request, reply, blankForm()))

  app.post(paths.takeBack.pattern, open, async (request, reply) => {
    const { person, table, fact, group, done } = asked(request)
    const session = sessionOf(request)
    const form = parseForm(schema, request.body)
    if (!form.ok) return show(request, reply.code(422), form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'taking back what was entered in error',
      groups: [group],
      action: 'write',
    })
    if (!opened) return reply
    const next = await writing(request.server.deps.db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const { rows } = await sql<{ done: boolean }>`
          select record.take_back(${table}, ${fact}, ${form.value.reason}) as done`.execute(trx)
        if (!rows[0]!.done) throw notFound()
        return done(person)
      }),
    )
    return reply.redirect(next, 303)
  })
}
