import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, text } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { paths } from './paths.ts'
import { sealReaders } from './readers.ts'
import { noteSeen, sealState, verifications } from './store.ts'
import { patienceMinutes } from './verify.ts'

const config = { access: { roles: sealReaders } } as const
const officers = { access: { roles: ['A-DPO'] } } as const
const nights = 14
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const seen = z.object({ words: text('Say what you did about it', 1_000) })

/** How far the trail is sealed and witnessed, how to prove it, and what the last nights found. */
export const sealPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  app.get(paths.seal.pattern, { config }, async (request, reply) => show(request, reply, blankForm()))
  app.post(paths.seen.pattern, { config: officers }, async (request, reply) => {
    const { verification } = paths.seen.read(request)
    if (!uuid.test(verification)) throw notFound()
    const form = parseForm(seen, request.body)
    if (!form.ok) return show(request, reply, form)
    if (!(await noteSeen(db, sessionOf(request), verification, form.value.words))) {
      throw refuse(
        409,
        'Somebody has already said what was done about this one, or there is nothing to say.',
        {
          next: { text: 'Back to the seal', href: paths.seal() },
        },
      )
    }
    return reply.redirect(paths.seal(), 303)
  })
}

async function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
  const { db, now = () => new Date() } = request.server.deps
  const [state, kept] = [await sealState(db), await verifications(db, nights)]
  const overdue = (since: Date | null) =>
    since !== null && now().getTime() - since.getTime() > patienceMinutes * 60_000
  const data = {
    title: 'The seal of the trail',
    state,
    sealOverdue: overdue(state.oldest),
    // What the witness has not is late when it was sealed long ago.
    witnessOverdue:
      state.sealed !== null &&
      state.sealed !== state.witnessed &&
      overdue(state.witnessedAt ?? state.sealedAt),
    last: kept[0],
    kept,
    unseen: kept.find(({ outcome, seenAt }) => outcome !== 'proved' && !seenAt),
    isOfficer: sessionOf(request).roles.includes('A-DPO'),
    form,
  }
  return form.summary.length > 0
    ? reply.again('audit/views/seal.njk', data)
    : reply.page('audit/views/seal.njk', data)
}
