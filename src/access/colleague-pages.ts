import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { blankForm, choice, day, type FormView, id, parseForm, text, withErrors } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, daysBetween, formatShortDate } from '../web/words.ts'
import { colleagueLike, colleagueOptions } from './choosing.ts'
import {
  coverAround,
  endCover,
  endTie,
  makeCover,
  makeTie,
  tiesOf,
  type WhyNotCovered,
  type WhyNotTied,
} from './colleague-store.ts'
import { namesOf } from './names.ts'
import { openOrRefuse } from './open-or-refuse.ts'
import { keysOf, optionsOf, recordOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { tieKinds } from './words.ts'

const notPast = { notBeforeToday: 'Choose today or a later day' }
const dates = { from: day('Say from when', notPast), to: day('Say until when', notPast) }
const letting = z
  .object({
    colleague: id('Choose a colleague'),
    kind: choice(keysOf(tieKinds), 'Choose why'),
    ...dates,
    why: text('Say in a few words what for', 300),
  })
  .refine(({ from, to }) => to >= from, { message: 'It ends before it begins', path: ['to'] })
const covering = z
  .object({ for: id('Choose who is away'), by: id('Choose who covers'), ...dates })
  .refine(({ from, to }) => to >= from, { message: 'It ends before it begins', path: ['to'] })
  .refine(({ from, to }) => daysBetween(from, to) <= 92, {
    message: 'Cover is for three months at most: give the children to somebody instead',
    path: ['to'],
  })

const notTied: Record<WhyNotTied, Record<string, string>> = {
  yourself: { colleague: 'You see this record already, or somebody else lets you in' },
  'not-yours-to-decide': {
    colleague: 'Only the child’s own worker, or a manager above them, lets colleagues in',
  },
  'too-long': { to: 'That is too long: two weeks for a joint visit, four for a meeting' },
}
const notCovered: Record<WhyNotCovered, Record<string, string>> = {
  yourself: { by: 'Nobody agrees that they cover themselves: ask your colleague or a manager' },
  'not-yours-to-decide': { for: 'You agree cover for yourself, or for those you manage' },
}

/** Colleagues let in to a child's record for a visit or a meeting, and cover for whoever is away. */
export const colleaguePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const inAWeek = () => formatShortDate(addDays(dayOf(now()), 7))

  /** Colleagues of one's own line, those looked for, and those chosen in the form. */
  async function chosenFrom(request: FastifyRequest, form: FormView) {
    const also = [form.values.colleague, form.values.for, form.values.by]
      .flat()
      .filter((one) => typeof one === 'string')
    const like = colleagueLike(request)
    return { like, colleagues: await colleagueOptions(db, sessionOf(request).account.id, { like, also }) }
  }

  async function showLetting(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.colleagues.read(request)
    const session = sessionOf(request)
    const purpose = 'letting a colleague see the record'
    if (!(await openOrRefuse(request, reply, person, { purpose }))) return reply
    const names = await namesOf(db, session, [person], purpose)
    const data = {
      title: 'Colleagues let in',
      form,
      name: names.get(person),
      record: recordOf(person),
      ties: await tiesOf(db, session, person),
      kinds: tieKinds,
      kindOptions: optionsOf(tieKinds),
      ...(await chosenFrom(request, form)),
      mine: session.account.id,
      action: paths.colleagues({ person }),
      endOf: (tie: string) => paths.colleagueEnd({ person, tie }),
    }
    const view = 'access/views/colleagues.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.colleagues.pattern, open, (request, reply) =>
    showLetting(request, reply, blankForm({ from: 'today', to: inAWeek() })),
  )

  app.post(paths.colleagues.pattern, open, async (request, reply) => {
    const form = parseForm(letting, request.body)
    if (!form.ok) return showLetting(request, reply, form)
    const { person } = paths.colleagues.read(request)
    const refused = await makeTie(db, sessionOf(request), person, form.value)
    if (refused) return showLetting(request, reply, withErrors(form, notTied[refused]))
    return reply.redirect(paths.colleagues({ person }), 303)
  })

  app.post(paths.colleagueEnd.pattern, open, async (request, reply) => {
    const { person, tie } = paths.colleagueEnd.read(request)
    await endTie(db, sessionOf(request), tie)
    return reply.redirect(paths.colleagues({ person }), 303)
  })

  async function showCover(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { account } = sessionOf(request)
    const data = {
      title: 'Cover',
      form,
      all: await coverAround(db, account.id),
      ...(await chosenFrom(request, form)),
    }
    const view = 'access/views/cover.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.cover.pattern, open, (request, reply) =>
    showCover(
      request,
      reply,
      blankForm({ for: sessionOf(request).account.id, from: 'today', to: inAWeek() }),
    ),
  )

  app.post(paths.cover.pattern, open, async (request, reply) => {
    const form = parseForm(covering, request.body)
    if (!form.ok) return showCover(request, reply, form)
    const refused = await makeCover(db, sessionOf(request), form.value)
    if (refused) return showCover(request, reply, withErrors(form, notCovered[refused]))
    return reply.redirect(paths.cover(), 303)
  })

  app.post(paths.coverEnd.pattern, open, async (request, reply) => {
    await endCover(db, sessionOf(request), paths.coverEnd.read(request).cover)
    return reply.redirect(paths.cover(), 303)
  })
}
