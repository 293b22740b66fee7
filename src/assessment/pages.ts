import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading, writing } from '../access/reading.ts'
import { signers } from '../casework/due-decision-pages.ts'
import { duesOf } from '../casework/due-store.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { submitForSignature } from '../casework/sign-off/store.ts'
import { isoDay } from '../clocks/calendar.ts'
import { clockById } from '../clocks/clocks.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  optionalDay,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
// What the signatures of this area bring about is declared where these are loaded.
import './form.ts'
import './stopping.ts'
import { type Event, stateOf, states, step, stopReasons } from './model.ts'
import { paths } from './paths.ts'
import { type Assessment, addReview, assessmentsOf, formKey, reviewsOf, stop, stopKind } from './store.ts'

const groups = ['F11', 'F12', 'F25', 'F26'] as const
const reviewing = z.object({
  on: day('Say when you looked at it', {
    notAfterToday: 'A look that has not happened yet cannot be recorded',
  }),
  seen: choice(['yes', 'no'], 'Say whether the child has been seen'),
  decided: choice(['go-on', 'conclude'], 'Say whether it goes on'),
  words: text('Say what you looked at and what is to be done', 5000),
  next: optionalDay(),
})
const stopping = z.object({
  because: choice(
    Object.keys(stopReasons) as [keyof typeof stopReasons, ...(keyof typeof stopReasons)[]],
    'Choose why it will not be finished',
  ),
  on: day('Say since when', { notAfterToday: 'That day has not come' }),
  words: text('Say what happened, and who was told', 5000),
})

/** Assessments on a record: where each stands and what is due, review points, and one that will not be finished. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const managing = { config: { access: signers } } as const

  app.get(paths.assessments.pattern, open, (request, reply) => {
    const { person } = paths.assessments.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about assessments',
        groups,
        heading: 'Assessments',
        template: 'assessment/views/assessments.njk',
      },
      async ({ trx, opened, knownAt, session }) => {
        const rows = await assessmentsOf(trx, opened.people)
        const reviews = await reviewsOf(
          trx,
          rows.map(({ id }) => id),
        )
        const writes = !knownAt && opened.level === 'full'
        const manages = session.roles.some((role) => (signers.roles as readonly string[]).includes(role))
        return {
          assessments: rows.map((row) => {
            const state = stateOf(row)
            const running = state === 'started' || state === 'in-progress'
            const of = { person, assessment: row.id }
            return {
              ...row,
              state,
              stateWords: states[state],
              stopped: row.stoppedBecause && stopReasons[row.stoppedBecause],
              reviews: reviews.get(row.id) ?? [],
              readHref: row.work && formPaths.read({ person, work: row.work }),
              writeHref:
                writes && running && !row.work ? formPaths.begin({ person, form: formKey }) : undefined,
              signHref: row.signing && caseworkPaths.signing({ person, work: row.signing }),
              reviewHref: writes && running && manages ? paths.review(of) : undefined,
              stopHref: writes && running ? paths.stop(of) : undefined,
            }
          }),
          beginHref:
            writes && !rows.some(({ authorised }) => !authorised)
              ? formPaths.begin({ person, form: formKey })
              : undefined,
          due: (await duesOf(trx, opened.people))
            .filter(
              ({ clock, state, dueOn }) =>
                clock.startsWith('ASM-') && state === 'open' && dueOn !== undefined,
            )
            .map(({ clock, dueOn }) => ({ name: clockById(clock).name, day: isoDay(dueOn!) })),
          dueHref: caseworkPaths.dueOfChild({ person }),
          mayStart: writes,
        }
      },
    )
  })

  app.get(paths.review.pattern, managing, async (request, reply) => {
    const found = await opened(request, reply, paths.review.read(request))
    return found ? showReview(request, reply, blankForm({ on: 'today', decided: 'go-on' })) : reply
  })

  app.post(paths.review.pattern, managing, async (request, reply) => {
    const asked = paths.review.read(request)
    const found = await opened(request, reply, asked)
    if (!found) return reply
    const form = parseForm(reviewing, request.body)
    if (!form.ok) return showReview(request, reply, form)
    const { on, seen, decided, words, next } = form.value
    const event: Event = {
      ...{ is: 'review', manages: true, since: found.start, on, next, goesOn: decided === 'go-on' },
    }
    const went = step(stateOf(found), event)
    if ('why' in went) return showReview(request, reply, withErrors(form, { next: went.why }))
    const session = sessionOf(request)
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await addReview(trx, found, { on, seen: seen === 'yes', decided, words, next: next ?? null })
        return paths.assessments(asked)
      }),
    )
    return reply.redirect(paths.assessments(asked), 303)
  })

  app.get(paths.stop.pattern, open, async (request, reply) => {
    const found = await opened(request, reply, paths.stop.read(request))
    return found ? showStop(request, reply, blankForm({ on: 'today' })) : reply
  })

  app.post(paths.stop.pattern, open, async (request, reply) => {
    const asked = paths.stop.read(request)
    const found = await opened(request, reply, asked)
    if (!found) return reply
    const form = parseForm(stopping, request.body)
    if (!form.ok) return showStop(request, reply, form)
    const went = step(stateOf(found), {
      ...{ is: 'stop', because: form.value.because, died: found.died, words: true },
    })
    if ('why' in went) return showStop(request, reply, withErrors(form, { because: went.why }))
    if (form.value.on < found.start)
      return showStop(request, reply, withErrors(form, { on: 'The assessment had not begun then' }))
    const session = sessionOf(request)
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await stop(trx, found, form.value)
        await submitForSignature(trx, stopKind, { of: [{ person: found.person, fact: found.id }] })
        return paths.assessments(asked)
      }),
    )
    return reply.redirect(paths.assessments(asked), 303)
  })

  /** An assessment whose record is open to write; undefined when the answer was sent. */
  async function opened(
    request: FastifyRequest,
    reply: FastifyReply,
    { person, assessment }: { person: string; assessment: string },
  ): Promise<(Assessment & { died: boolean }) | undefined> {
    const record = await openOrRefuse(request, reply, person, {
      purpose: 'writing about an assessment',
      groups: ['F01', ...groups],
      action: 'write',
    })
    if (!record) return undefined
    if (!record.writable.includes('F12'))
      throw refuse(403, 'You may read this part of the record and not write in it')
    return reading(db, sessionOf(request), async (trx) => {
      const found = (await assessmentsOf(trx, record.people)).find(({ id }) => id === assessment)
      if (!found) throw notFound()
      const identity = await trx
        .selectFrom('person')
        .select('died_on')
        .where('id', 'in', [...record.people])
        .where('died_on', 'is not', null)
        .executeTakeFirst()
      return { ...found, died: identity !== undefined }
    })
  }

  function showReview(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const asked = paths.review.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'writing about an assessment',
        groups,
        heading: 'Review point of the assessment',
        template: 'assessment/views/review.njk',
      },
      async () => ({
        form,
        action: paths.review(asked),
        back: paths.assessments(asked),
        today: dayOf(now()),
      }),
    )
  }

  function showStop(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const asked = paths.stop.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'writing about an assessment',
        groups,
        heading: 'The assessment will not be finished',
        template: 'assessment/views/stop.njk',
      },
      async () => ({
        form,
        action: paths.stop(asked),
        back: paths.assessments(asked),
        reasons: Object.entries(stopReasons).map(([value, words]) => ({ value, text: words })),
      }),
    )
  }
}
