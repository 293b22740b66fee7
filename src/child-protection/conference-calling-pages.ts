import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { colleagueLike, colleagueOptions } from '../access/choosing.ts'
import { makeTie } from '../access/colleague-store.ts'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { dayNumber, isWeekend } from '../clocks/calendar.ts'
import type { drafting } from '../forms/drafting.ts'
import { endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { refuse } from '../web/errors.ts'
import { blankForm, choice, day, type FormView, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { addDays, type Day, dayOf, formatShortDate, formatTime } from '../web/words.ts'
import { asking, convening } from './conference-forms.ts'
import { column, type Found, group, type Own, openConference, purpose } from './conference-opening.ts'
import {
  askForConference,
  callConference,
  cancelConference,
  chairOptions,
  noteSent,
} from './conferences-store.ts'
import { attendersOf } from './meeting.ts'
import { attendersAt, keepAttenders } from './meeting-store.ts'
import { conferenceState, mayNot, wrongConferenceDay } from './model.ts'
import { paths } from './paths.ts'
import { planInForce } from './plans-store.ts'
import { attenderValues, linesOfForm } from './showing.ts'
import { type Child, familyFor, openThem, openToWrite } from './together.ts'
import { agencies, conferenceKinds, optionsOf } from './words.ts'

const reports = z.object({ who: convening.shape.who })
const cancelling = z.object({
  because: text('Say why it is not held, and how the child is safe meanwhile', 1000),
})
const sending = z.object({
  what: choice(
    ['report_shared_on', 'outline_plan_sent_on', 'minutes_sent_on', 'letter_sent_on'],
    'Choose what was sent',
  ),
  on: day('Say on which day', { notAfterToday: 'That day has not come' }),
})

/** Whom a conference is called with, before anybody says otherwise. */
const usual = ['social-care', 'family', 'police', 'health', 'education'] as const
/** A colleague who attends may read from so many days before it to so many after. */
const tieBefore = 14
const tieAfter = 7
const weekend = (day: Day) => isWeekend(dayNumber(day))
type FormOf = Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView }

/** Conferences asked for, given a day and a chair, moved, called off; reports that come, and what is sent. */
export const conferenceCallingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.conferenceNew.pattern, open, async (request, reply) => {
    const { person } = paths.conferenceNew.read(request)
    const opened = await openToWrite(request, reply, person, { group, purpose })
    if (!opened) return reply
    const { kind = 'initial' } = request.query as { kind?: string }
    return showNew(request, reply, opened, blankForm({ kind }))
  })

  app.post(paths.conferenceNew.pattern, open, async (request, reply) => {
    const { person } = paths.conferenceNew.read(request)
    const form = parseForm(asking, request.body)
    const opened = await openToWrite(request, reply, person, { group, purpose })
    if (!opened) return reply
    if (!form.ok) return showNew(request, reply, opened, form)
    const { value } = form
    const { children, closed } = await openThem(request, [person, ...value.others], {
      ...{ purpose, action: 'write', group },
    })
    if (closed > 0)
      return showNew(
        request,
        reply,
        opened,
        withErrors(form, {
          others: 'The record of one of these children is not yours to write in. Take them off',
        }),
      )
    const session = sessionOf(request)
    let wrong: Record<string, string> = {}
    const next = await writing(db, session, async (trx) => {
      const plans = new Map<string, string>()
      for (const child of children) {
        const plan = await planInForce(trx, child.people, today())
        const no = wrongKind(value.kind, child, plan !== undefined)
        if (no) wrong = { ...wrong, kind: children.length > 1 ? `${child.name}: ${no}` : no }
        if (plan) plans.set(child.id, plan.id)
      }
      if (Object.keys(wrong).length > 0) return undefined
      return once(trx, form, session.account.id, async () => {
        const together = randomUUID()
        const made: string[] = []
        for (const child of children)
          made.push(
            await askForConference(trx, child.id, {
              ...{ together, on: today(), kind: value.kind, because: value.because },
              ...{ plan: value.kind === 'review' ? plans.get(child.id) : undefined },
              ...(value.kind === 'transfer-in' && { notifiedOn: value.notified, from: value.from }),
            }),
          )
        return paths.conferenceCall({ person: children[0]!.id, conference: made[0]! })
      })
    })
    return next ? reply.redirect(next, 303) : showNew(request, reply, opened, withErrors(form, wrong))
  })

  app.get(paths.conferenceCall.pattern, open, async (request, reply) => {
    const found = await openConference(request, reply)
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    const attenders = await reading(
      db,
      sessionOf(request),
      async (trx) => (await attendersAt(trx, column, [own.id])).get(own.id) ?? [],
    )
    const start =
      attenders.length > 0
        ? attenderValues(attenders)
        : Object.fromEntries(usual.map((agency, n) => [`who[${n}][agency]`, agency]))
    return showCall(request, reply, found, {
      start: {
        ...start,
        on: own.planned_on ? formatShortDate(own.planned_on) : '',
        at: own.planned_at ? formatTime(own.planned_at) : '10:00',
        place: own.place_words ?? '',
        chair: own.chair_id ?? '',
      },
    })
  })

  app.post(paths.conferenceCall.pattern, open, async (request, reply) => {
    const form = parseForm(convening, request.body)
    const found = await openConference(request, reply)
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    const showAgain = (errors: Record<string, string> = {}) =>
      showCall(request, reply, found, {
        again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
      })
    const moved = own.planned_on !== null
    const refusal = mayNot('conference', conferenceState(own), moved ? 'postpone' : 'schedule')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) return showAgain()
    const { value } = form
    const wrong: Record<string, string> = {}
    const day = wrongConferenceDay(own.kind, value.on, { isWeekend: weekend, planSince: own.plan_since })
    if (day) wrong.on = day
    if (moved && own.planned_on !== value.on && !value.because)
      wrong.because = 'Say why it is moved, and how the child is safe meanwhile'
    const session = sessionOf(request)
    const chairs = await reading(db, session, chairOptions)
    if (!chairs.some((one) => one.value === value.chair)) wrong.chair = 'Choose who chairs it'
    if (Object.keys(wrong).length > 0) return showAgain(wrong)
    const people = attendersOf(value.who)
    const before = await reading(
      db,
      session,
      async (trx) => (await attendersAt(trx, column, [own.id])).get(own.id) ?? [],
    )
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        for (const { row, child } of found.all) {
          if (conferenceState(row) === 'held') continue
          await callConference(trx, { ...row, person_id: child.id }, value, today())
          await keepAttenders(trx, { column, id: row.id }, child.id, people, today())
        }
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.conference(paths.conferenceCall.read(request))
      }),
    )
    const known = new Set(own.planned_on === value.on ? before.map(({ account }) => account) : [])
    await letIn(
      session,
      found.all,
      people.flatMap(({ account }) => (account && !known.has(account) ? account : [])),
      value.on,
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.conferenceReports.pattern, open, async (request, reply) => {
    const form = parseForm(reports, request.body)
    const found = await openConference(request, reply)
    if (!found) return reply
    if (!form.ok) throw refuse(422, form.summary[0]!.text)
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const people = attendersOf(form.value.who)
        for (const { row, child } of found.all)
          await keepAttenders(trx, { column, id: row.id }, child.id, people)
        return paths.conference(paths.conferenceReports.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.conferenceCancel.pattern, open, async (request, reply) => {
    const form = parseForm(cancelling, request.body)
    const found = await openConference(request, reply)
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    const refusal = mayNot('conference', conferenceState(own), 'cancel')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) throw refuse(422, form.summary[0]!.text)
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await cancelConference(trx, own.held_together, form.value.because, today())
        return paths.conference(paths.conferenceCancel.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.conferenceSent.pattern, open, async (request, reply) => {
    const form = parseForm(sending, request.body)
    const found = await openConference(request, reply)
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    if (!form.ok) throw refuse(422, form.summary[0]!.text)
    const { what, on } = form.value
    if (what !== 'report_shared_on') {
      const refusal = mayNot('conference', conferenceState(own), 'send-minutes')
      if (refusal) throw refuse(409, refusal)
    }
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await noteSent(trx, own.held_together, what, on)
        return paths.conference(paths.conferenceSent.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  // -------------------------------------------------------------------------------------------------------------------

  /** Colleagues who are asked read the record around the day of the conference. Whoever reads it already needs no tie. */
  async function letIn(session: Session, all: readonly Own[], accounts: readonly string[], on: Day) {
    const from = [today(), addDays(on, -tieBefore)].sort().at(-1)!
    const to = addDays(on, tieAfter)
    if (to < from) return
    for (const account of new Set(accounts))
      for (const { child } of all)
        if (account !== session.account.id)
          await makeTie(db, session, child.id, {
            ...{ colleague: account, kind: 'meeting', from, to },
            why: 'Asked to a child protection conference',
          })
  }

  async function showNew(request: FastifyRequest, reply: FastifyReply, opened: Opened, form: FormView) {
    const { person } = paths.conferenceNew.read(request)
    const { children } = await familyFor(request, opened)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: [group], heading: 'Ask for a conference' },
        template: 'child-protection/views/conference-new.njk',
      },
      async () => ({
        ...{ form, children, kinds: optionsOf(conferenceKinds), action: paths.conferenceNew({ person }) },
        back: paths.protection({ person }),
      }),
    )
  }

  async function showCall(request: FastifyRequest, reply: FastifyReply, { all, closed }: Found, of: FormOf) {
    const address = paths.conferenceCall.read(request)
    const session = sessionOf(request)
    const form = of.again ?? blankForm(of.start)
    if (form.summary.length > 0) reply.code(422)
    const colleagues = await colleagueOptions(db, session.account.id, { like: colleagueLike(request) })
    const chairs = await reading(db, session, chairOptions)
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: [group], heading: 'Call the conference' },
        template: 'child-protection/views/conference-call.njk',
      },
      async () => ({
        ...{ form, closed, chairs, colleagues, conference: all[0]!.row, agencies: optionsOf(agencies) },
        children: all.map(({ child }) => child),
        lines: linesOfForm(form.values, of.again ? 0 : 2),
        action: paths.conferenceCall(address),
        back: paths.conference(address),
      }),
    )
  }
}

/** Why a conference of a kind does not fit a child as it stands. */
function wrongKind(kind: keyof typeof conferenceKinds, child: Child, onPlan: boolean): string | undefined {
  if (kind === 'review' && !onPlan) return 'No child protection plan is in force that could be reviewed'
  if (kind !== 'review' && onPlan) return 'A plan is in force already: ask for a review conference'
  if (kind === 'pre-birth' && child.born) return 'The child is born: ask for an initial conference'
  if (kind !== 'pre-birth' && kind !== 'review' && !child.born && child.expected)
    return 'The child is not born yet: ask for a conference before birth'
  return undefined
}
