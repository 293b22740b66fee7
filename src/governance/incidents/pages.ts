import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../../access/reading.ts'
import { notFound, refuse } from '../../web/errors.ts'
import { fieldsForPage, optionsOf } from '../../web/field-list.ts'
import {
  blankForm,
  choice,
  choices,
  day,
  type FormView,
  parseForm,
  text,
  tick,
  time,
  withErrors,
} from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { formatShortDate, formatTime } from '../../web/words.ts'
import { groupWords } from '../notice.ts'
import { paths } from '../paths.ts'
import {
  dangers,
  hoursLeft,
  incidentKinds,
  isClosed,
  judged,
  type Known,
  leftWords,
  type RiskAnswers,
  regulatorDue,
  riskOf,
  riskWords,
  type StepKind,
  stepWords,
  toDo,
  whyNotClosed,
} from './model.ts'
import { shownStep, stepFields, stepSchema } from './steps.ts'
import { addStep, type Incident, incidents, momentOf, report, type StepDone, stepsOf } from './store.ts'

/** Who handles incidents (governance.handles_incidents says the same). */
export const handlers = { roles: ['A-IG', 'A-DPO', 'A-CG'] } as const

const kindCodes = Object.keys(incidentKinds) as [
  keyof typeof incidentKinds,
  ...(keyof typeof incidentKinds)[],
]
const dangerCodes = Object.keys(dangers) as [keyof typeof dangers, ...(keyof typeof dangers)[]]

const reporting = z.object({
  kind: choice(kindCodes, 'Choose what happened'),
  words: text('Say what happened', 5000).refine((words) => words.length >= 10, 'Say a little more'),
  near_miss: tick(),
  dangers: choices(dangerCodes),
  groups: choices(Object.keys(groupWords) as [string, ...string[]]),
  people: z.preprocess(
    (typed) => (typed === '' || typed === undefined ? null : typed),
    z.nullable(z.coerce.number('Write a number, or nothing').int().min(0).max(10_000_000)),
  ),
  still_out: choice(['yes', 'no', 'not-known'], 'Say whether it is still out'),
  day: day('Say on which day you became aware', { notAfterToday: 'You became aware today or before' }),
  time: time('Say at what time you became aware'),
})

/** Something went wrong with personal information: said by anybody, handled from the first call to the lesson. */
export const incidentPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const now = () => app.deps.now?.() ?? new Date()
  const anyone = { config: { access: 'signed-in' } } as const
  const handling = { config: { access: handlers } } as const

  const blankReport = () => blankForm({ day: formatShortDate(now()), time: formatTime(now()), still_out: '' })

  app.get(paths.somethingWrong.pattern, anyone, (_request, reply) => showReport(reply, blankReport()))

  function showReport(reply: FastifyReply, form: FormView) {
    const data = {
      title: 'Something went wrong',
      width: 'writing' as const,
      form,
      kinds: optionsOf(incidentKinds),
      dangers: optionsOf(dangers),
      groups: optionsOf(groupWords),
    }
    const view = 'governance/incidents/views/report.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.somethingWrong.pattern, anyone, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(reporting, request.body)
    if (!form.ok) return showReport(reply, form)
    const { value } = form
    const awareAt = await momentOf(db, value.day, value.time)
    if (awareAt > now()) return showReport(reply, withErrors(form, { time: 'You became aware before now' }))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const id = await report(trx, session, {
          awareAt,
          kind: value.kind,
          nearMiss: value.near_miss,
          words: value.words,
          dangers: value.dangers,
          groups: value.groups,
          people: value.people,
          stillOut: value.still_out,
        })
        return paths.incident({ incident: id })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.incidents.pattern, handling, async (request, reply) => {
    const session = sessionOf(request)
    const all = await incidents(db, session)
    const steps = await stepsOf(db, session)
    const rows = all.map((one) => {
      const known = knownOf(one, steps)
      const left = toDo(known)
      const regulator = left.find(({ kind }) => kind === 'regulator')
      return {
        ...one,
        href: paths.incident({ incident: one.id }),
        kindWords: incidentKinds[one.kind],
        risk: judged(known),
        closed: isClosed(known),
        next: left[0]?.says,
        late: regulator !== undefined && hoursLeft(one.awareAt, now()) < 0,
        clock: regulator && leftWords(hoursLeft(one.awareAt, now())),
      }
    })
    return reply.page('governance/incidents/views/incidents.njk', {
      title: 'Incidents',
      open: rows.filter(({ closed }) => !closed),
      closed: rows.filter(({ closed }) => closed),
    })
  })

  app.get(paths.incident.pattern, anyone, (request, reply) => show(request, reply))

  async function mustFind(request: FastifyRequest): Promise<Incident> {
    const { incident } = request.params as { incident: string }
    if (!/^[0-9a-f-]{36}$/.test(incident)) throw notFound()
    const [found] = await incidents(db, sessionOf(request), incident)
    if (!found) throw notFound()
    return found
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { kind: StepKind; form: FormView },
  ) {
    const session = sessionOf(request)
    const incident = await mustFind(request)
    const mine = incident.reportedBy === session.account.id
    const handles = session.roles.some((role) => handlers.roles.some((one) => one === role))
    const steps = handles ? await stepsOf(db, session, incident.id) : []
    const known = knownOf(incident, steps)
    const asked = (request.query as { step?: string }).step
    const kinds = Object.keys(stepWords) as StepKind[]
    const kind = refused?.kind ?? kinds.find((one) => one === asked)
    const data = {
      title: incident.reference,
      incident,
      kindWords: incidentKinds[incident.kind],
      dangers: incident.dangers.map((one) => dangers[one]),
      groups: incident.groups.map((one) => groupWords[one]),
      handles,
      mine,
      closed: isClosed(known),
      risk: judged(known) && riskWords[judged(known)!],
      dueAt: regulatorDue(incident.awareAt),
      clock: leftWords(hoursLeft(incident.awareAt, now())),
      left: toDo(known).map((one) => ({
        ...one,
        href: `${paths.incident({ incident: incident.id })}?step=${one.kind}#step`,
      })),
      steps: steps.map((one) => ({
        ...one,
        title: stepWords[one.kind],
        cells: shownStep(one.kind, one.body),
      })),
      kinds: kinds
        .filter((one) => (isClosed(known) ? one === 'reopened' : one !== 'reopened'))
        .map((one) => ({
          value: one,
          text: stepWords[one],
          href: `${paths.incident({ incident: incident.id })}?step=${one}#step`,
        })),
      kind,
      kindTitle: kind && stepWords[kind],
      fields: kind && fieldsForPage(stepFields[kind]),
      form:
        refused?.form ??
        blankForm({
          day: formatShortDate(now()),
          time: formatTime(now()),
          ...(kind === 'regulator' ? startOfNotification(incident, known) : {}),
        }),
    }
    const view = 'governance/incidents/views/incident.njk'
    return refused ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.incidentStep.pattern, handling, async (request, reply) => {
    const session = sessionOf(request)
    const incident = await mustFind(request)
    const { kind: asked } = request.params as { kind: string }
    const kind = (Object.keys(stepWords) as StepKind[]).find((one) => one === asked)
    if (kind === undefined) throw notFound()
    const form = parseForm(stepSchema(kind), request.body)
    if (!form.ok) return show(request, reply, { kind, form })
    const {
      day: onDay,
      time: at,
      ...body
    } = form.value as { day: string; time: string } & Record<string, unknown>
    const happenedAt = await momentOf(db, onDay, at)
    const known = knownOf(incident, await stepsOf(db, session, incident.id))
    const wrong = wrongWithStep(kind, incident, known, happenedAt, body, now())
    if (wrong) return show(request, reply, { kind, form: withErrors(form, wrong) })
    const proposed = kind === 'risk' ? { proposed: riskOf(body as RiskAnswers, incident.dangers) } : {}
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const added = await addStep(trx, session, incident.id, {
          kind,
          happenedAt,
          body: { ...body, ...proposed },
        })
        if (added === null) throw notTheirs(kind, incident.id)
        return paths.incident({ incident: incident.id })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.regulatorForm.pattern, handling, async (request, reply) => {
    const session = sessionOf(request)
    const incident = await mustFind(request)
    const steps = await stepsOf(db, session, incident.id)
    const told = steps.filter(({ kind }) => kind === 'regulator')
    return reply.page('governance/incidents/views/regulator.njk', {
      title: `Notification of ${incident.reference}`,
      width: 'writing',
      incident,
      kindWords: incidentKinds[incident.kind],
      groups: incident.groups.map((one) => groupWords[one]),
      told: told.map((one) => ({ ...one, cells: shownStep('regulator', one.body) })),
      toldPeople: steps
        .filter(({ kind }) => kind === 'told' || kind === 'not-told')
        .map(({ kind, happenedAt }) => ({ title: stepWords[kind], happenedAt })),
      dueAt: regulatorDue(incident.awareAt),
    })
  })
}

const knownOf = (incident: Incident, steps: readonly StepDone[]): Known => ({
  awareAt: incident.awareAt,
  nearMiss: incident.nearMiss,
  dangers: incident.dangers,
  stillOut: incident.stillOut,
  steps: steps.filter((one) => one.incident === incident.id),
})

/** What is known already goes into the notification as it stands. */
function startOfNotification(incident: Incident, { steps }: Known): Record<string, string> {
  const of = (kind: StepKind, field: string) =>
    steps.filter((one) => one.kind === kind).map(({ body }) => String(body[field] ?? ''))
  return {
    nature: `${incidentKinds[incident.kind]}.`,
    people: incident.people === null ? '' : `about ${incident.people}`,
    measures: [...of('safety', 'plan'), ...of('containment', 'what')].filter(Boolean).join('\n'),
  }
}

/** What the clock and what is still to be done say against a step, by field. */
function wrongWithStep(
  kind: StepKind,
  incident: Incident,
  known: Known,
  happenedAt: Date,
  body: Readonly<Record<string, unknown>>,
  now: Date,
): Record<string, string> | undefined {
  if (happenedAt > now) return { time: 'It happened before now' }
  if (kind === 'regulator' && happenedAt > regulatorDue(incident.awareAt) && !body.late)
    return { late: 'It is more than 72 hours since you became aware: say why' }
  if (kind === 'risk') {
    const proposed = riskOf(body as RiskAnswers, incident.dangers)
    const order = Object.keys(riskWords)
    if (order.indexOf(String(body.risk)) < order.indexOf(proposed) && String(body.why ?? '').length < 20)
      return {
        why: `The answers propose ‘${riskWords[proposed].split(':')[0]!.toLowerCase()}’: say why you judge lower, in some words`,
      }
  }
  if (kind === 'closed') {
    const left = whyNotClosed(known)
    if (left.length > 0) return { outcome: `Not yet: ${left.join('; ')}` }
  }
  return undefined
}

const notTheirs = (kind: StepKind, incident: string) =>
  refuse(
    409,
    kind === 'closed'
      ? 'Who reported it does not close it, nor does somebody who alone worked on it: ask a colleague.'
      : 'It was closed or opened again meanwhile.',
    { title: 'Nothing was written down', next: { text: 'The incident', href: paths.incident({ incident }) } },
  )
