import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading, writing } from '../access/reading.ts'
import { clockById, clocks } from '../clocks/clocks.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, type FormView, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { type DueOfChild, decide, decisionKinds, duesOf, takeBackDecision } from './due-store.ts'
import { paths } from './paths.ts'

/** Who may say that something need not be done: never whoever has to do it alone. */
export const signers = { roles: ['A-TM', 'A-SM'] } as const
const groups = [...new Set(clocks.map(({ group }) => group))]

const deciding = z.object({
  kind: choice(decisionKinds, 'Choose what it is'),
  reason: text('Say why', 2000),
})

/** Why something is late, and that something need not be done: with a reason, and by whom. */
export const dueDecisionPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.decideDue.pattern, { config: { access: 'signed-in' } }, (request, reply) =>
    show(request, reply, blankForm()),
  )

  app.post(paths.decideDue.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const form = parseForm(deciding, request.body)
    if (!form.ok) return show(request, reply, form)
    if (form.value.kind === 'not-required' && !maySign(request))
      return show(request, reply, withErrors(form, { kind: 'Your manager decides that it is not required' }))
    const due = await found(request, reply, 'write')
    if (!due) return reply
    const { person } = paths.decideDue.read(request)
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await decide(trx, due, { ...form.value, on: dayOf(now()) })
        return `${paths.dueOfChild({ person })}#due-${due.id}`
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.takeBackDue.pattern, { config: { access: signers } }, async (request, reply) => {
    const due = await found(request, reply, 'write')
    if (!due) return reply
    const { person } = paths.takeBackDue.read(request)
    await writing(db, sessionOf(request), (trx) => takeBackDecision(trx, due, 'not-required', dayOf(now())))
    return reply.redirect(`${paths.dueOfChild({ person })}#due-${due.id}`, 303)
  })

  const maySign = (request: FastifyRequest) =>
    sessionOf(request).roles.some((role) => (signers.roles as readonly string[]).includes(role))

  /** The due that the address names, opened; undefined when the answer has been sent. */
  async function found(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'write',
  ): Promise<DueOfChild | undefined> {
    const { person, due: id } = paths.decideDue.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'deciding about what is due',
      groups,
      action,
    })
    if (!opened) return undefined
    const dues = await reading(db, sessionOf(request), (trx) => duesOf(trx, opened.people))
    const due = dues.find((one) => one.id === id)
    if (!due) throw notFound()
    if (action === 'write' && !opened.writable.includes(due.group))
      throw refuse(403, 'This part of the record is not yours to write in', {
        next: { text: 'Back to what is due', href: paths.dueOfChild({ person }) },
      })
    return due
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const due = await found(request, reply, 'view')
    if (!due) return reply
    const { person } = paths.decideDue.read(request)
    const late = due.late || (due.dueOn !== undefined && due.dueOn * 86_400_000 < now().getTime())
    const data = {
      title: clockById(due.clock).name,
      width: 'writing' as const,
      form,
      kinds: [
        ...(late ? [{ value: 'late-because', text: 'Why it is late' }] : []),
        ...(due.state === 'met'
          ? []
          : [
              {
                value: 'not-required',
                text: 'It is not required',
                hint: maySign(request) ? '' : 'Your manager decides this',
              },
            ]),
      ],
      action: paths.decideDue({ person, due: due.id }),
      back: paths.dueOfChild({ person }),
    }
    const view = 'casework/views/due-decision.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }
}
