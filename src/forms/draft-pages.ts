import type { FastifyPluginAsync } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { notFound, refuse } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { saving } from './drafts.ts'
import { endDraft, myDrafts, namesOnMyList, saveDraft, takeUpAgain } from './drafts-store.ts'
import { formWords } from './kinds.ts'
import { paths } from './paths.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Saving while somebody types, and the list of what they have not filed. */
export const draftPages: FastifyPluginAsync = async (app) => {
  // Called by the script of a form (assets/drafts.js), a second after the last key.
  app.post(paths.draft.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { draft } = paths.draft.read(request)
    const said = saving.safeParse(request.body)
    if (!uuid.test(draft) || !said.success) throw refuse(400, 'What was sent is no draft of a form')
    const session = sessionOf(request)
    const saved = await writing(app.deps.db, session, (trx) => saveDraft(trx, session, draft, said.data))
    // Filed, put away or never theirs: the script stops, the page says so.
    if (!saved) return reply.code(410).send({ gone: true })
    return reply.send(saved)
  })

  app.get(paths.drafts.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { db } = app.deps
    const session = sessionOf(request)
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing what I have not filed yet',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const { drafts, names } = await reading(db, session, async (trx) => {
      const drafts = await myDrafts(trx)
      return { drafts, names: await namesOnMyList(trx, [...new Set(drafts.flatMap(({ about }) => about))]) }
    })
    await noteShown(db, session, 'caseload', [...names.keys()], request.id)
    const rows = drafts.map((draft) => ({
      ...draft,
      what: draft.title ?? formWords(draft.form),
      who: draft.about.map((person) => names.get(person)).filter((name) => name !== undefined),
      unnamed: draft.about.filter((person) => !names.has(person)).length,
    }))
    return reply.page('forms/views/drafts.njk', {
      title: 'What I have not filed yet',
      writing: rows.filter(({ putAwayAt }) => !putAwayAt),
      away: rows.filter(({ putAwayAt }) => putAwayAt),
    })
  })

  app.post(paths.putAway.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { draft } = paths.putAway.read(request)
    if (!uuid.test(draft)) throw notFound()
    await writing(app.deps.db, sessionOf(request), (trx) => endDraft(trx, draft, 'put away'))
    return reply.redirect(paths.drafts(), 303)
  })

  app.post(paths.takeUpAgain.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { draft } = paths.takeUpAgain.read(request)
    if (!uuid.test(draft)) throw notFound()
    const done = await writing(app.deps.db, sessionOf(request), (trx) => takeUpAgain(trx, draft))
    if (!done) throw notFound()
    return reply.redirect(paths.drafts(), 303)
  })
}
