import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { signers } from '../casework/due-decision-pages.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  optionalDay,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import {
  type EndReason,
  endReasons,
  linesTyped,
  type PlanPart,
  planParts,
  reviewOutcomes,
  step,
  typedOf,
} from './model.ts'
import { paths } from './paths.ts'
import {
  beforePlan,
  endPlan,
  keepLines,
  linesOf,
  type Plan,
  plansOf,
  reviewsOf,
  startPlan,
} from './plan-store.ts'
import { reviewForm } from './review-form.ts'

const groups = ['F09', 'F10', 'F11', 'F12', 'F26'] as const
const most = 12
const starting = z.object({
  on: day('Say on which day the plan began', { notAfterToday: 'A plan begins today, or began before' }),
})
const writingPlan = z.object({
  need: optionalText(8000),
  outcome: text('Say what is to be different for the child', 8000),
  contingency: optionalText(8000),
  action: z
    .preprocess(
      (value) => (Array.isArray(value) ? value : []),
      z.array(z.object({ words: optionalText(2000), who: optionalText(200), due: optionalDay() })).max(60),
    )
    .superRefine((rows, context) => {
      for (const [place, { words, who }] of rows.entries())
        if (words && !who)
          context.addIssue({ code: 'custom', path: [place, 'who'], message: 'Say who does it' })
    }),
})
const reasons = Object.keys(endReasons) as [EndReason, ...EndReason[]]
const ending = z.object({
  on: day('Say on which day it ended', { notAfterToday: 'That day has not come' }),
  reason: choice(reasons, 'Choose why it ended'),
  words: text('Say what was agreed, and with whom', 5000),
})

/** Child in need plans: begun by a manager, written, read by professionals and by the family, ended. */
export const planPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const managing = { config: { access: signers } } as const
  const today = () => dayOf(now())

  app.get(paths.planNew.pattern, managing, async (request, reply) => {
    const { person } = paths.planNew.read(request)
    return (await toWrite(request, reply, person))
      ? showNew(request, reply, blankForm({ on: 'today' }))
      : reply
  })

  app.post(paths.planNew.pattern, managing, async (request, reply) => {
    const { person } = paths.planNew.read(request)
    const opened = await toWrite(request, reply, person)
    if (!opened) return reply
    const form = parseForm(starting, request.body)
    if (!form.ok) return showNew(request, reply, form)
    const session = sessionOf(request)
    const { on } = form.value
    const began = await writing(db, session, async (trx) => {
      const running = (await plansOf(trx, opened.people)).some(({ end }) => !end)
      const before = await beforePlan(trx, opened.people, on)
      const went = step(running ? 'active' : 'none', { is: 'start', manages: true, on, ...before })
      if ('why' in went) return went
      return {
        next: await once(trx, form, session.account.id, async () =>
          paths.planWrite({ person, plan: await startPlan(trx, opened.person, before.referral!, on) }),
        ),
      }
    })
    return 'why' in began
      ? showNew(request, reply, withErrors(form, { on: began.why }))
      : reply.redirect(began.next, 303)
  })

  app.get(paths.plan.pattern, open, (request, reply) => {
    const { person, plan } = paths.plan.read(request)
    const family = (request.query as Record<string, unknown>).for === 'family'
    return part(
      request,
      reply,
      person,
      'Child in need plan',
      'plan.njk',
      async ({ trx, opened, knownAt, session }) => {
        const found = await planIn(trx, opened, plan)
        const lines = (await linesOf(trx, plan)).filter(({ familyMayRead }) => !family || familyMayRead)
        const writes = !knownAt && opened.level === 'full' && !found.end && !family
        return {
          plan: found,
          family,
          ended: found.endReason && endReasons[found.endReason],
          parts: (Object.keys(planParts) as PlanPart[])
            .map((one) => ({
              part: one,
              heading: planParts[one],
              lines: lines.filter((line) => line.part === one && !line.to),
            }))
            .filter((one) => one.lines.length > 0),
          gone: family ? [] : lines.filter(({ to }) => to),
          reviews: (await reviewsOf(trx, opened.people))
            .filter((one) => one.plan === plan)
            .map((one) => ({
              ...one,
              words: reviewOutcomes[one.outcome],
              href: one.work && !family ? formPaths.read({ person, work: one.work }) : undefined,
            })),
          here: paths.plan({ person, plan }),
          writeHref: writes ? paths.planWrite({ person, plan }) : undefined,
          reviewHref: writes ? formPaths.begin({ person, form: reviewForm }) : undefined,
          endHref:
            writes && session.roles.some((role) => (signers.roles as readonly string[]).includes(role))
              ? paths.planEnd({ person, plan })
              : undefined,
        }
      },
    )
  })

  app.get(paths.planWrite.pattern, open, async (request, reply) => {
    const found = await planToWrite(request, reply, paths.planWrite.read(request))
    if (!found) return reply
    const lines = (await reading(db, sessionOf(request), (trx) => linesOf(trx, found.id))).filter(
      ({ to }) => !to,
    )
    const values: Record<string, string> = {}
    for (const name of ['need', 'outcome', 'contingency'] as const)
      values[name] = typedOf(lines.filter(({ part: of }) => of === name))
    for (const [n, line] of lines.filter(({ part: of }) => of === 'action').entries()) {
      values[`action[${n}][words]`] = typedOf([line])
      values[`action[${n}][who]`] = line.who ?? ''
      values[`action[${n}][due]`] = line.due ? line.due.split('-').reverse().join('/') : ''
    }
    return showWrite(request, reply, blankForm(values))
  })

  app.post(paths.planWrite.pattern, open, async (request, reply) => {
    const asked = paths.planWrite.read(request)
    const found = await planToWrite(request, reply, asked)
    if (!found) return reply
    const form = parseForm(writingPlan, request.body)
    if (!form.ok) return showWrite(request, reply, form)
    const { value } = form
    const lines = [
      ...(['need', 'outcome', 'contingency'] as const).flatMap((name) => linesTyped(name, value[name])),
      ...value.action.flatMap(({ words, who, due }) =>
        linesTyped('action', words).map((line) => ({ ...line, who: who ?? null, due: due ?? null })),
      ),
    ]
    const session = sessionOf(request)
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await keepLines(trx, found, Object.keys(planParts) as PlanPart[], lines, today())
        return paths.plan(asked)
      }),
    )
    return reply.redirect(paths.plan(asked), 303)
  })

  app.get(paths.planEnd.pattern, managing, async (request, reply) => {
    const found = await planToWrite(request, reply, paths.planEnd.read(request))
    return found ? showEnd(request, reply, blankForm({ on: 'today' })) : reply
  })

  app.post(paths.planEnd.pattern, managing, async (request, reply) => {
    const asked = paths.planEnd.read(request)
    const found = await planToWrite(request, reply, asked)
    if (!found) return reply
    const form = parseForm(ending, request.body)
    if (!form.ok) return showEnd(request, reply, form)
    const session = sessionOf(request)
    const { value } = form
    const why = await writing(db, session, async (trx) => {
      const [last] = (await reviewsOf(trx, [found.person])).filter(({ plan }) => plan === found.id)
      const went = step('active', {
        ...{ is: 'end', manages: true, since: found.start, on: value.on, lastReview: last?.on ?? null },
      })
      if ('why' in went) return went.why
      await once(trx, form, session.account.id, async () => {
        await endPlan(trx, found.id, value)
        return paths.plan(asked)
      })
      return undefined
    })
    return why
      ? showEnd(request, reply, withErrors(form, { on: why }))
      : reply.redirect(paths.plan(asked), 303)
  })

  async function toWrite(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
  ): Promise<Opened | undefined> {
    const opened = await openOrRefuse(request, reply, person, {
      ...{ purpose: 'writing a child in need plan', groups: [...groups], action: 'write' },
    })
    if (opened && !opened.writable.includes('F12'))
      throw refuse(403, 'You may read this part of the record and not write in it')
    return opened
  }

  /** A running plan whose record is open to write; undefined when the answer was sent. */
  async function planToWrite(
    request: FastifyRequest,
    reply: FastifyReply,
    { person, plan }: { person: string; plan: string },
  ): Promise<Plan | undefined> {
    const opened = await toWrite(request, reply, person)
    if (!opened) return undefined
    const found = await reading(db, sessionOf(request), (trx) => planIn(trx, opened, plan))
    if (found.end) throw refuse(409, 'The plan has ended. What is new begins another plan')
    return found
  }

  const planIn = async (trx: OpenPart['trx'], opened: Opened, id: string): Promise<Plan> => {
    const found = (await plansOf(trx, opened.people)).find((one) => one.id === id)
    if (!found) throw notFound()
    return found
  }

  function part(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    heading: string,
    view: string,
    work: (open: OpenPart) => Promise<Record<string, unknown>>,
  ) {
    const template = `child-in-need/views/${view}`
    return showPart(
      request,
      reply,
      { person, purpose: 'a child in need plan', groups, heading, template },
      work,
    )
  }

  function showNew(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.planNew.read(request)
    if (form.summary.length > 0) reply.code(422)
    return part(request, reply, person, 'Begin a child in need plan', 'plan-new.njk', async () => ({
      ...{ form, action: paths.planNew({ person }), back: paths.need({ person }) },
    }))
  }

  function showWrite(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const asked = paths.planWrite.read(request)
    if (form.summary.length > 0) reply.code(422)
    return part(request, reply, asked.person, 'Write the child in need plan', 'plan-write.njk', async () => ({
      ...{ form, action: paths.planWrite(asked), back: paths.plan(asked), planParts },
      actions: Array.from({ length: most }, (_, n) => n),
    }))
  }

  function showEnd(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const asked = paths.planEnd.read(request)
    if (form.summary.length > 0) reply.code(422)
    return part(request, reply, asked.person, 'End the child in need plan', 'plan-end.njk', async () => ({
      ...{ form, action: paths.planEnd(asked), back: paths.plan(asked) },
      reasons: reasons.map((value) => ({ value, text: endReasons[value] })),
    }))
  }
}
