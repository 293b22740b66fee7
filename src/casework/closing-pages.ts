import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { clockById, clocks } from '../clocks/clocks.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import { draftsAbout } from '../forms/drafts-store.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { showPart } from '../people/record.ts'
import { refuse } from '../web/errors.ts'
import { blankForm, choice, day, type FormView, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'
import { daysToReopen, mayReopen, openWords, wrongWithClosing } from './closing.ts'
import { closeCase, closedLast, closingOf, reopenCase } from './closing-store.ts'
import { signers } from './due-decision-pages.ts'
import { duesOf } from './due-store.ts'
import { addManagementNote } from './management-note.ts'
import { paths } from './paths.ts'

const groups = [
  ...new Set(['F01', 'F09', 'F10', 'F11', 'F12', 'F13', 'F25', 'F26', ...clocks.map(({ group }) => group)]),
]
const reasons = codeSet('reason_for_closure').codes.map(({ code }) => code) as [string, ...string[]]

const closingForm = z.object({
  reason: choice(reasons, 'Choose why the case closes'),
  on: day('Say on which day it closes', { notAfterToday: 'A case cannot close on a day that has not come' }),
  words: text('Say why help ends, and what the family was told', 5000),
})
const reopeningForm = z.object({ why: text('Say why it was closed in error', 2000) })

/** Closing a case, and opening again what was closed in error: a manager decides, with reasons. */
export const closingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const today = () => dayOf(now())

  app.get(paths.closing.pattern, { config: { access: 'signed-in' } }, (request, reply) =>
    show(request, reply, blankForm({ on: 'today' })),
  )

  app.post(paths.closing.pattern, { config: { access: signers } }, async (request, reply) => {
    const form = parseForm(closingForm, request.body)
    if (!form.ok) return show(request, reply, form)
    const opened = await openToWrite(request, reply)
    if (!opened) return reply
    const { person } = paths.closing.read(request)
    const session = sessionOf(request)
    const { value } = form
    const wrong = await writing(db, session, async (trx) => {
      const closing = await closingOf(trx, opened.people, today())
      if (!closing) return { reason: 'No episode of need is open any more' }
      const found = wrongWithClosing(closing, value)
      if (Object.keys(found).length > 0) return found
      await once(trx, form, session.account.id, async () => {
        await closeCase(trx, opened.people, { ...value, referral: closing.referral }, today())
        await addManagementNote(trx, session.account.id, person, {
          now: now(),
          words: `Case closed: ${labelOf('reason_for_closure', value.reason)}.\n\n${value.words}`,
        })
        return paths.closing({ person })
      })
      return undefined
    })
    return wrong
      ? show(request, reply, withErrors(form, wrong))
      : reply.redirect(paths.closing({ person }), 303)
  })

  app.post(paths.reopen.pattern, { config: { access: signers } }, async (request, reply) => {
    const form = parseForm(reopeningForm, request.body)
    if (!form.ok) return show(request, reply, form)
    const opened = await openToWrite(request, reply)
    if (!opened) return reply
    const { person } = paths.reopen.read(request)
    const session = sessionOf(request)
    await writing(db, session, async (trx) => {
      const closed = await closedLast(trx, opened.people, today())
      if (!closed || !mayReopen(closed.on, today()))
        throw refuse(
          409,
          `A case is opened again within ${daysToReopen} days of its closing. Later a new referral begins a new episode.`,
        )
      await once(trx, form, session.account.id, async () => {
        await reopenCase(trx, opened.people, closed.referral, today())
        await addManagementNote(trx, session.account.id, person, {
          now: now(),
          words: `Case opened again, closed in error.\n\n${form.value.why}`,
        })
        return paths.closing({ person })
      })
    })
    return reply.redirect(paths.closing({ person }), 303)
  })

  async function openToWrite(request: FastifyRequest, reply: FastifyReply) {
    const { person } = paths.closing.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'closing a case',
      groups,
      action: 'write',
    })
    if (opened && !['F11', 'F25', 'F26'].every((group) => opened.writable.includes(group)))
      throw refuse(403, 'You may read this record and not close it')
    return opened
  }

  function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.closing.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'closing a case',
        groups,
        heading: 'Close the case',
        template: 'casework/views/closing.njk',
      },
      async ({ trx, opened, session, on, knownAt }) => {
        const closing = await closingOf(trx, opened.people, on)
        const closed = closing ? undefined : await closedLast(trx, opened.people, on)
        const due = (await duesOf(trx, opened.people)).filter(({ state }) =>
          ['open', 'not-known'].includes(state),
        )
        const drafts = knownAt ? [] : await draftsAbout(trx, 'visit-or-note', opened.people)
        return {
          form,
          closing,
          open: closing?.open.map(({ kind, since }) => ({ what: openWords[kind], since })) ?? [],
          due: due.map((one) => clockById(one.clock).name),
          drafts: drafts.length,
          draftsHref: formPaths.drafts(),
          dueHref: paths.dueOfChild({ person }),
          closed: closed && {
            on: closed.on,
            reason: closed.reason && labelOf('reason_for_closure', closed.reason),
            until: addDays(closed.on, daysToReopen),
            mayReopen: mayReopen(closed.on, on),
          },
          reasons: codeSet('reason_for_closure').codes.map(({ code, label }) => ({
            value: code,
            text: label,
          })),
          decides:
            !knownAt && session.roles.some((role) => (signers.roles as readonly string[]).includes(role)),
          action: paths.closing({ person }),
          reopenAction: paths.reopen({ person }),
        }
      },
    )
  }
}
