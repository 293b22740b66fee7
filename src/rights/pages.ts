import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../access/reading.ts'
import { calendarNow } from '../clocks/store.ts'
import { notFound, refuse } from '../web/errors.ts'
import { fieldsForPage, optionsOf } from '../web/field-list.ts'
import { blankForm, choice, day, type FormView, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, formatShortDate } from '../web/words.ts'
import {
  acknowledgeBy,
  askers,
  channels,
  dueOf,
  isClosed,
  requestKinds,
  type StepKind,
  toDo,
  whyNotAnswered,
} from './model.ts'
import { paths } from './paths.ts'
import { shownStep, stepFields, stepSchema, stepsFor, stepWords } from './steps.ts'
import { addStep, ask, type Request, requests, type StepDone, stepsOf, writeDown } from './store.ts'

/** Who handles requests (rights.handles says the same). */
export const handlers = { roles: ['A-IG', 'A-DPO'] } as const

type Codes = [string, ...string[]]
const asking = {
  kind: choice(Object.keys(requestKinds) as Codes, 'Choose what you ask for'),
  asker: text('Write your name', 200),
  asks_as: choice(Object.keys(askers) as Codes, 'Say for whom you ask'),
  reach: text('Write how we can reach you safely', 500),
  about: text('Write whose information it is: name, and date of birth if you know it', 500),
  words: text('Say what you ask for', 5000),
}
const publicForm = z.object(asking)
const staffForm = z.object({
  ...asking,
  received: day('Say on which day it came to anybody here', { notAfterToday: 'It came today or before' }),
  channel: choice(Object.keys(channels) as Codes, 'Say how it came'),
})
const perHour = 20

/** Asking for one's information without an account, and what becomes of it. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const now = () => app.deps.now?.() ?? new Date()
  const today = () => dayOf(now())
  const handling = { config: { access: handlers } } as const
  const staff = { config: { access: 'signed-in' } } as const

  // ---- In public

  app.get(paths.ask.pattern, { config: { access: 'anyone' } }, (_request, reply) =>
    showAsk(reply, blankForm()),
  )

  function showAsk(reply: FastifyReply, form: FormView) {
    const data = {
      title: 'Ask about your information',
      width: 'writing' as const,
      form,
      kinds: optionsOf(requestKinds),
      askers: optionsOf(askers),
    }
    const view = 'rights/views/ask.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(
    paths.ask.pattern,
    { config: { access: 'anyone' as const, rateLimit: { max: perHour, timeWindow: '1 hour' } } },
    async (request, reply) => {
      const form = parseForm(publicForm, request.body)
      if (!form.ok) return showAsk(reply, form)
      const { asks_as: asksAs, ...rest } = form.value
      const reference = await ask(db, { ...rest, asksAs } as Parameters<typeof ask>[1])
      return reply.redirect(paths.asked({ reference }), 303)
    },
  )

  // Says the same for any reference: nobody learns from it whether there is a request, or a record.
  app.get(paths.asked.pattern, { config: { access: 'anyone' } }, (request, reply) => {
    const { reference } = request.params as { reference: string }
    if (!/^R-[2-9A-HJ-NP-TV-Z]{8}$/.test(reference)) throw notFound()
    return reply.page('rights/views/asked.njk', { title: 'We have it', width: 'writing', reference })
  })

  // ---- By staff

  app.get(paths.writeDown.pattern, staff, (_request, reply) =>
    showWriteDown(reply, blankForm({ received: formatShortDate(today()) })),
  )

  function showWriteDown(reply: FastifyReply, form: FormView) {
    const data = {
      title: 'Somebody asks for their information',
      width: 'writing' as const,
      form,
      kinds: optionsOf(requestKinds),
      askers: optionsOf(askers),
      channels: optionsOf(channels),
    }
    const view = 'rights/views/write-down.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.writeDown.pattern, staff, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(staffForm, request.body)
    if (!form.ok) return showWriteDown(reply, form)
    const { asks_as: asksAs, ...rest } = form.value
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () =>
        paths.request({
          request: await writeDown(trx, session, { ...rest, asksAs } as Parameters<typeof writeDown>[2]),
        }),
      ),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.requests.pattern, handling, async (request, reply) => {
    const session = sessionOf(request)
    const [all, steps, calendar] = [
      await requests(db, session),
      await stepsOf(db, session),
      await calendarNow(db),
    ]
    const rows = all.map((one) => {
      const own = steps.filter((step) => step.request === one.id)
      const due = dueOf(one, own, calendar)
      return {
        ...one,
        href: paths.request({ request: one.id }),
        kindWords: requestKinds[one.kind],
        due,
        acknowledgeBy: own.some(({ kind }) => kind === 'acknowledged') ? undefined : acknowledgeBy(one),
        next: toDo(one, own)[0]?.says,
        closed: isClosed(own),
        late: due.dueOn < today() && !own.some(({ kind }) => kind === 'answered'),
      }
    })
    return reply.page('rights/views/requests.njk', {
      title: 'Requests',
      open: rows.filter(({ closed }) => !closed).sort((a, b) => (a.due.dueOn < b.due.dueOn ? -1 : 1)),
      closed: rows.filter(({ closed }) => closed),
    })
  })

  app.get(paths.request.pattern, staff, (request, reply) => show(request, reply))

  async function mustFind(request: FastifyRequest): Promise<Request> {
    const { request: id } = request.params as { request: string }
    if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
    const [found] = await requests(db, sessionOf(request), id)
    if (!found) throw notFound()
    return found
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { kind: StepKind; form: FormView },
  ) {
    const session = sessionOf(request)
    const asked = await mustFind(request)
    const handles = session.roles.some((role) => handlers.roles.some((one) => one === role))
    const steps = handles ? await stepsOf(db, session, asked.id) : []
    const kinds = stepsFor(asked.kind)
    const wanted = (request.query as { step?: string }).step
    const kind = refused?.kind ?? kinds.find((one) => one === wanted)
    const to = (one: StepKind) => `${paths.request({ request: asked.id })}?step=${one}#step`
    const data = {
      title: asked.reference,
      asked,
      kindWords: requestKinds[asked.kind],
      askerWords: askers[asked.asksAs],
      channelWords: asked.channel === 'form' ? 'On the public form' : channels[asked.channel],
      handles,
      closed: isClosed(steps),
      due: dueOf(asked, steps, await calendarNow(db)),
      acknowledgeBy: steps.some((one) => one.kind === 'acknowledged') ? undefined : acknowledgeBy(asked),
      left: handles ? toDo(asked, steps).map((one) => ({ ...one, href: to(one.kind) })) : [],
      steps: steps.map((one) => ({
        ...one,
        title: stepWords[one.kind],
        cells: shownStep(one.kind, one.body),
      })),
      kinds: kinds
        .filter((one) => (isClosed(steps) ? one === 'reopened' : one !== 'reopened'))
        .map((one) => ({ value: one, text: stepWords[one], href: to(one) })),
      kind,
      kindTitle: kind && stepWords[kind],
      fields: kind && fieldsForPage(stepFields[kind]),
      form: refused?.form ?? blankForm({ on: formatShortDate(today()) }),
    }
    const view = 'rights/views/request.njk'
    return refused ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.step.pattern, handling, async (request, reply) => {
    const session = sessionOf(request)
    const asked = await mustFind(request)
    const { kind: typed } = request.params as { kind: string }
    const kind = stepsFor(asked.kind).find((one) => one === typed)
    if (kind === undefined) throw notFound()
    const form = parseForm(stepSchema(kind), request.body)
    if (!form.ok) return show(request, reply, { kind, form })
    const { on, ...body } = form.value as { on: string } & Record<string, unknown>
    const wrong = wrongWithStep(kind, asked, await stepsOf(db, session, asked.id), on, body)
    if (wrong) return show(request, reply, { kind, form: withErrors(form, wrong) })
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if ((await addStep(trx, session, asked.id, { kind, on, body })) === null)
          throw changedMeanwhile(asked.id)
        return paths.request({ request: asked.id })
      }),
    )
    return reply.redirect(next, 303)
  })
}

/** What stands against a step, by field. */
function wrongWithStep(
  kind: StepKind,
  asked: Request,
  steps: readonly StepDone[],
  on: string,
  body: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  if (on < asked.received) return { on: `It came on ${formatShortDate(asked.received)}: that is before` }
  const why = whyNotAnswered(asked, steps)
  // Refused or taken back, nothing is given out.
  const givesNothing =
    body.outcome === 'refused' || body.outcome === 'withdrawn' || body.outcome === 'nothing'
  if (kind === 'answered' && !givesNothing && why.length > 0)
    return { outcome: `Not yet: ${why.map(({ says }) => says).join('; ')}` }
  if (kind === 'answered' && body.outcome === 'partly' && !body.exemptions)
    return { exemptions: 'Say what was left out, and by which exemption' }
  if (kind === 'closed' && !steps.some((one) => one.kind === 'answered'))
    return { words: 'Not yet: nothing is closed without an answer' }
  if (kind === 'subject' && body.which === 'found' && !body.reference)
    return { reference: 'Write their reference, P-…' }
  return undefined
}

const changedMeanwhile = (request: string) =>
  refuse(409, 'It was closed or opened again meanwhile.', {
    title: 'Nothing was written down',
    next: { text: 'The request', href: paths.request({ request }) },
  })
