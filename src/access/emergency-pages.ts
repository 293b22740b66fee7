import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, type FormView, parseForm, withErrors } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, mondayToFriday } from '../web/words.ts'
import {
  askEmergency,
  type Emergency,
  emergencies,
  endEmergency,
  reviewEmergency,
  writeInEmergency,
} from './emergency-store.ts'
import { namesOf } from './names.ts'
import { commonReasons, showReason } from './open-or-refuse.ts'
import { backOf, enough, keysOf, managers, optionsOf, recordOf, withoutSecrets } from './page-parts.ts'
import { paths } from './paths.ts'
import { proofFields, proofView, prove } from './proof.ts'
import { keepReason } from './reasons.ts'
import { refusalOf } from './refusal.ts'
import { clientWords } from './sessions.ts'
import { emergencyReasons, reviewDue, reviewOutcomes } from './words.ts'

const asking = z.object({
  reason: choice(keysOf(emergencyReasons), 'Choose what kind of emergency it is'),
  words: enough('Say why you need to look now'),
  hours: choice(['1', '4', '24'], 'Choose for how long'),
  ...proofFields,
})
const writing = z.object({
  words: enough('Say why it cannot wait for the child’s own worker'),
  ...proofFields,
})
const reviewing = z.object({
  outcome: choice(keysOf(reviewOutcomes), 'Choose what you found'),
  words: enough('Say what you looked at and what you think'),
})
const reason = z
  .object({
    common: z.enum(commonReasons).optional().catch(undefined),
    words: z.string().trim().max(300).optional(),
  })
  .refine(({ common, words }) => common || (words && words.length >= 3), {
    message: 'Choose why, or say it in your own words',
    path: ['common'],
  })

const nothingMore = (person: string) =>
  refuse(403, 'Emergency access would open nothing more to you than is open now.', {
    title: 'There is no more to open',
    next: { text: 'Go to the record', href: recordOf(person) },
  })

/** Emergency access from the wall to the review, and saying why where a role's work may be about any child. */
export const emergencyPages: FastifyPluginAsync = async (app) => {
  const { db, isWorkingDay = mondayToFriday, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.reason.pattern, open, async (request, reply) => {
    const { person } = paths.reason.read(request)
    return showReason(reply, person, backOf(request, recordOf(person)))
  })

  app.post(paths.reason.pattern, open, async (request, reply) => {
    const { person } = paths.reason.read(request)
    const back = backOf(request, recordOf(person))
    const form = parseForm(reason, request.body)
    if (!form.ok) return showReason(reply, person, back, form)
    const said = [form.value.common, form.value.words].filter(Boolean).join(': ')
    keepReason(request, reply, person, said)
    return reply.redirect(back, 303)
  })

  async function showAsking(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.emergency.read(request)
    const then = backOf(request, recordOf(person))
    const data = {
      title: 'Emergency access',
      width: 'writing' as const,
      form,
      proof: await proofView(app, request),
      person,
      action: paths.emergency({ person }, { then }),
      reasons: optionsOf(emergencyReasons),
      due: reviewDue(dayOf(now()), isWorkingDay),
    }
    const view = 'access/views/emergency-ask.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.emergency.pattern, open, (request, reply) =>
    showAsking(request, reply, blankForm({ hours: '24' })),
  )

  app.post(paths.emergency.pattern, open, async (request, reply) => {
    const { person } = paths.emergency.read(request)
    const form = parseForm(asking, request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return showAsking(request, reply, clean)
    const unproven = await prove(app, request, form.value)
    if (unproven) return showAsking(request, reply, withErrors(clean, { password: unproven }))
    const asked = await askEmergency(db, sessionOf(request), person, {
      ...form.value,
      hours: Number(form.value.hours),
      reviewDue: reviewDue(dayOf(now()), isWorkingDay),
      client: clientWords(request),
      correlation: request.id,
    })
    if (!asked.allowed) throw asked.why === 'not-needed' ? nothingMore(person) : refusalOf({ why: asked.why })
    return reply.redirect(backOf(request, recordOf(person)), 303)
  })

  async function one(request: FastifyRequest, id: string): Promise<Emergency> {
    const found = (await emergencies(db, sessionOf(request))).find((each) => each.id === id)
    if (!found) throw notFound()
    return found
  }

  app.get(paths.emergencies.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const all = await emergencies(db, session)
    const names = await namesOf(
      db,
      session,
      all.filter((each) => each.mayReview || each.open).map((each) => each.person),
      'looking at emergency access',
    )
    return reply.page('access/views/emergencies.njk', {
      title: 'Emergency access',
      toReview: all.filter((each) => each.mayReview),
      mine: all.filter((each) => each.mine),
      reviewed: all.filter((each) => !each.mine && each.reviewedAt),
      reviews: managers.roles.some((role) => session.roles.includes(role)),
      nameOf: (person: string) => names.get(person) ?? 'A record',
      recordOf,
      reasons: emergencyReasons,
      outcomes: reviewOutcomes,
    })
  })

  async function showWriting(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const emergency = await one(request, paths.emergencyWrite.read(request).emergency)
    if (!emergency.mine || !emergency.open)
      throw refuse(409, 'This emergency access is over. Ask again if you still need it.')
    const then = backOf(request, recordOf(emergency.person))
    const data = {
      title: 'Write in an emergency',
      width: 'writing' as const,
      form,
      proof: await proofView(app, request),
      action: paths.emergencyWrite({ emergency: emergency.id }, { then }),
    }
    const view = 'access/views/emergency-write.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.emergencyWrite.pattern, open, (request, reply) => showWriting(request, reply, blankForm()))

  app.post(paths.emergencyWrite.pattern, open, async (request, reply) => {
    const { emergency: id } = paths.emergencyWrite.read(request)
    const form = parseForm(writing, request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return showWriting(request, reply, clean)
    const unproven = await prove(app, request, form.value)
    if (unproven) return showWriting(request, reply, withErrors(clean, { password: unproven }))
    const { person } = await one(request, id)
    await writeInEmergency(db, sessionOf(request), id, form.value.words)
    return reply.redirect(backOf(request, recordOf(person)), 303)
  })

  app.post(paths.emergencyEnd.pattern, open, async (request, reply) => {
    await endEmergency(db, sessionOf(request), paths.emergencyEnd.read(request).emergency)
    return reply.redirect(paths.emergencies(), 303)
  })

  async function showReview(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const emergency = await one(request, paths.emergencyReview.read(request).emergency)
    const names = await namesOf(db, session, [emergency.person], 'reviewing emergency access')
    const data = {
      title: 'Look at an emergency access',
      width: 'writing' as const,
      form,
      emergency,
      name: names.get(emergency.person),
      record: recordOf(emergency.person),
      reason: emergencyReasons[emergency.reason],
      outcomes: optionsOf(reviewOutcomes),
      found: emergency.outcome ? reviewOutcomes[emergency.outcome] : undefined,
      action: paths.emergencyReview({ emergency: emergency.id }),
    }
    const view = 'access/views/emergency-review.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.emergencyReview.pattern, { config: { access: managers } }, (request, reply) =>
    showReview(request, reply, blankForm()),
  )

  app.post(paths.emergencyReview.pattern, { config: { access: managers } }, async (request, reply) => {
    const form = parseForm(reviewing, request.body)
    if (!form.ok) return showReview(request, reply, form)
    const { emergency } = paths.emergencyReview.read(request)
    const refused = await reviewEmergency(db, sessionOf(request), emergency, form.value)
    if (refused === 'not-independent')
      throw refuse(403, 'This is for somebody who stands above whoever opened it, and never for themselves.')
    if (refused === 'already-reviewed') throw refuse(409, 'Somebody else has looked at this already.')
    return reply.redirect(paths.emergencies(), 303)
  })
}
