import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, day, type FormView, optionalText, parseForm } from '../web/form.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, formatShortDate } from '../web/words.ts'
import { connectionsToDecide, decideConnection, declareConnection } from './emergency-store.ts'
import { namesOf } from './names.ts'
import { enough, keysOf, managers, optionsOf, recordOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { connectionKinds } from './words.ts'

const declaring = z.object({
  kind: choice(keysOf(connectionKinds), 'Choose how you know them'),
  words: optionalText(500),
})

const outcomes = {
  'stays closed': 'The record stays closed to them',
  'may open': 'They may open it: there is no conflict, or nobody else can do the work',
} as const

const deciding = z.object({
  outcome: choice(keysOf(outcomes), 'Choose what you decide'),
  words: enough('Say why'),
  until: day('Say until when it holds', { notBeforeToday: 'Choose today or a later day' }),
})

/** 'I know this family': said by a worker about themselves, decided by somebody above them. */
export const familyPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  function showDeclaring(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.iKnowThisFamily.read(request)
    const data = {
      title: 'I know this family',
      width: 'writing' as const,
      form,
      kinds: optionsOf(connectionKinds),
      action: paths.iKnowThisFamily({ person }),
      record: recordOf(person),
    }
    const view = 'access/views/i-know-this-family.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.iKnowThisFamily.pattern, { config: { access: 'signed-in' } }, async (request, reply) =>
    showDeclaring(request, reply, blankForm()),
  )

  app.post(paths.iKnowThisFamily.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const form = parseForm(declaring, request.body)
    if (!form.ok) return showDeclaring(request, reply, form)
    const { person } = paths.iKnowThisFamily.read(request)
    await declareConnection(db, sessionOf(request), person, form.value)
    return reply.redirect(paths.declared(), 303)
  })

  app.get(paths.declared.pattern, { config: { access: 'signed-in' } }, async (_request, reply) =>
    reply.page('access/views/declared.njk', { title: 'Thank you for saying so', width: 'writing' }),
  )

  app.get(paths.connections.pattern, { config: { access: managers } }, async (request, reply) => {
    const session = sessionOf(request)
    const all = await connectionsToDecide(db, session)
    const purpose = 'deciding about a family a worker knows'
    const names = await namesOf(
      db,
      session,
      all.map(({ person }) => person),
      purpose,
    )
    return reply.page('access/views/connections.njk', {
      title: 'Families that workers know',
      all,
      nameOf: (person: string) => names.get(person) ?? 'A record',
      kinds: connectionKinds,
      outcomes,
    })
  })

  async function showDeciding(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const connection = await one(request)
    const names = await namesOf(db, session, [connection.person], 'deciding about a family a worker knows')
    const data = {
      title: `${connection.accountName} knows a family`,
      width: 'writing' as const,
      form,
      connection,
      name: names.get(connection.person),
      record: recordOf(connection.person),
      kind: connectionKinds[connection.kind],
      outcomes: optionsOf(outcomes),
      action: paths.connection({ connection: connection.id }),
    }
    const view = 'access/views/connection.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  async function one(request: FastifyRequest) {
    const { connection: id } = paths.connection.read(request)
    const found = (await connectionsToDecide(db, sessionOf(request))).find((each) => each.id === id)
    if (!found) throw notFound()
    return found
  }

  app.get(paths.connection.pattern, { config: { access: managers } }, (request, reply) =>
    showDeciding(request, reply, blankForm({ until: formatShortDate(addDays(dayOf(now()), 365)) })),
  )

  app.post(paths.connection.pattern, { config: { access: managers } }, async (request, reply) => {
    const form = parseForm(deciding, request.body)
    if (!form.ok) return showDeciding(request, reply, form)
    const refused = await decideConnection(db, sessionOf(request), await one(request), form.value)
    if (refused)
      throw refuse(403, 'This is for somebody who stands above the worker, and never for themselves.', {
        next: { text: 'Go to the start', href: housePaths.home() },
      })
    return reply.redirect(paths.connections(), 303)
  })
}
