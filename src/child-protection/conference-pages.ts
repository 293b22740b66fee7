import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { colleagueLike, colleagueOptions } from '../access/choosing.ts'
import { makeTie } from '../access/colleague-store.ts'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { addManagementNote } from '../casework/management-note.ts'
import { render } from '../casework/papers/render.ts'
import { dayNumber, isWeekend } from '../clocks/calendar.ts'
import { labelOf } from '../codes/codes.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { identityGroups } from '../people/identity-store.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  type ParsedForm,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { addDays, type Day, dayOf, formatShortDate, formatTime } from '../web/words.ts'
import {
  asking,
  categories,
  convening,
  correcting,
  type HoldingTyped,
  holding,
  participations,
} from './conference-forms.ts'
import { decisionLetter, type MinutesTold, minutesPaper } from './conference-papers.ts'
import {
  askForConference,
  type Conference,
  callConference,
  cancelConference,
  chairOptions,
  conferenceOf,
  conferencesTogether,
  correctConference,
  decideConference,
  earlierPlans,
  noteSent,
} from './conferences-store.ts'
import { attendersOf, namesOthers, type Passage, passagesOf } from './meeting.ts'
import { addPassages, attendersAt, keepAttenders, passagesAt } from './meeting-store.ts'
import {
  conferenceState,
  decisionsOf,
  earlierPlan,
  makesPlan,
  mayNot,
  passagesFor,
  plansBefore,
  quorum,
  type Reader,
  wrongConferenceDay,
} from './model.ts'
import { paths } from './paths.ts'
import { keepLines, keepMembers, type LineTyped, linesOf, planInForce } from './plans-store.ts'
import { attenderRows, attenderValues, linesOfForm, passageRows, readerOf } from './showing.ts'
import {
  type Child,
  familyFor,
  groups,
  idIn,
  metTogether,
  openThem,
  openToWrite,
  type Trx,
} from './together.ts'
import {
  agencies,
  attendances,
  type ConferenceDecision,
  conferenceDecisions,
  conferenceKinds,
  optionsOf,
  type PlanPart,
} from './words.ts'

const purpose = 'a child protection conference'
const group = 'F14'
const column = 'conference_id' as const

const reports = z.object({ shared: z.preprocess((value) => value === 'yes', z.boolean()) })
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

/** One child's row of a conference, with the child. */
interface Own {
  readonly row: Conference
  readonly child: Child
}

/** Conferences from being asked for to their minutes. */
export const conferencePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())
  const weekend = (day: Day) => isWeekend(dayNumber(day))

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

  app.get(paths.conference.pattern, open, async (request, reply) => {
    const { person, conference } = paths.conference.read(request)
    let children: readonly Child[] = []
    let closed = 0
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', 'F13', 'F14', 'F28'], heading: 'Child protection conference' },
        template: 'child-protection/views/conference.njk',
        before: async (first, knownAt) => {
          const ids = await togetherIds(request, first, conference, knownAt?.moment)
          ;({ children, closed } = await openThem(request, ids, { purpose, action: 'view', group }))
        },
      },
      async ({ trx, opened, knownAt, session, on }) => {
        const all = await ownOf(trx, opened.people, conference, children)
        const [{ row: own }] = all as [Own, ...Own[]]
        const attenders = (await attendersAt(trx, column, [own.id])).get(own.id) ?? []
        const state = conferenceState(own)
        const reader = readerOf(request)
        const said = await passagesAt(
          trx,
          column,
          all.map(({ row }) => row.id),
        )
        return {
          ...{ closed, state, reader, conference: own, writes: !knownAt, form: blankForm({ on: 'today' }) },
          kind: conferenceKinds[own.kind],
          others: all.slice(1).map(({ child }) => child),
          rows: await Promise.all(
            // A copy for a family is about one child: another's may have other parents.
            (reader === 'professionals' ? all : all.slice(0, 1)).map(async ({ row, child }) => ({
              ...{ row, child },
              decision: row.decision && conferenceDecisions[row.decision],
              category: row.category && labelOf('category_of_abuse', row.category),
              passages: passageRows(passagesFor(said.get(row.id) ?? [], reader)),
              planHref: row.plan && paths.plan({ person: child.id, plan: row.plan }),
              correctHref: paths.conferenceCorrect({ person: child.id, conference: row.id }),
              letterHref: paths.decisionLetter({ person: child.id, conference: row.id }),
              earlier: earlierWords(await earlierPlans(trx, child.people), row.plan, own.held_on ?? on),
            })),
          ),
          attenders: attenderRows(attenders),
          reportsMissing: attenders.filter(({ due, received }) => due && !received).length,
          chairs: chairsIt(session, own),
          callHref: paths.conferenceCall({ person, conference }),
          heldHref: paths.conferenceHeld({ person, conference }),
          reportsAction: paths.conferenceReports({ person, conference }),
          cancelAction: paths.conferenceCancel({ person, conference }),
          sentAction: paths.conferenceSent({ person, conference }),
          minutesHref: paths.minutes({ person, conference }),
          enquiryHref: own.section_47_id && paths.enquiry({ person, enquiry: own.section_47_id }),
          here: paths.conference({ person, conference }),
        }
      },
    )
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
    await letIn(
      session,
      found.all,
      people.flatMap(({ account }) => account ?? []),
      value.on,
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.conferenceReports.pattern, open, async (request, reply) => {
    const form = parseForm(z.object({ ...reports.shape, who: convening.shape.who }), request.body)
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

  app.get(paths.conferenceHeld.pattern, open, async (request, reply) => {
    const found = await openConference(request, reply, 'F09')
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    mustChair(sessionOf(request), own)
    const wanted = (request.query as { draft?: string }).draft
    const { draft, attenders } = await reading(db, sessionOf(request), async (trx) => ({
      draft: wanted ? await draftOf(trx, idIn(wanted)) : undefined,
      attenders: (await attendersAt(trx, column, [own.id])).get(own.id) ?? [],
    }))
    return showHeld(request, reply, found, {
      draft,
      start: {
        on: formatShortDate(own.planned_on ?? today()),
        visitEvery: '10',
        ...attenderValues(attenders),
      },
    })
  })

  app.post(paths.conferenceHeld.pattern, open, async (request, reply) => {
    const form = parseForm(holding, request.body)
    const found = await openConference(request, reply, 'F09')
    if (!found) return reply
    const { all } = found
    const [{ row: own }] = all as [Own, ...Own[]]
    const session = sessionOf(request)
    mustChair(session, own)
    const showAgain = (errors: Record<string, string> = {}) =>
      showHeld(request, reply, found, {
        again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
      })
    const refusal = mayNot('conference', conferenceState(own), 'hold')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) return showAgain()
    const { value } = form
    const people = attendersOf(value.who)
    const quorate = quorum(people)
    const wrong = await wrongWithHolding(request, all, value, quorate)
    if (Object.keys(wrong).length > 0) return showAgain(wrong)
    const { step } = request.body as { step?: string }
    if (step !== 'file') return showConfirm(request, reply, found, form, value, quorate)
    const children = all.map(({ child }) => child)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        for (const { row, child } of all) {
          const each = value.child[child.id]!
          await decideConference(trx, child, row, {
            ...{
              on: value.on,
              quorate: quorate.quorate,
              quorumWords: quorate.quorate ? undefined : value.quorumWords,
            },
            ...{ decision: each.decision!, category: makesPlan(each.decision!) ? each.category : undefined },
            ...{ words: value.words, visitEvery: value.visitEvery, participation: each.participation },
            account: session.account.id,
          })
          const of = { column, id: row.id }
          await keepAttenders(trx, of, child.id, people)
          const said = {
            ...{
              meeting: 'conference' as const,
              people,
              discussion: value.discussion,
              familyView: value.family,
            },
            child: value.child,
          }
          await addPassages(trx, of, child.id, passagesOf(said, child, children))
          if (each.decision === 'plan') await outline(trx, row.id, child, value, people)
        }
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.conference(paths.conferenceHeld.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.conferenceCorrect.pattern, open, async (request, reply) => {
    const found = await openConference(request, reply, 'F09')
    if (!found) return reply
    const [{ row: own }] = found.all as [Own, ...Own[]]
    return showCorrect(
      request,
      reply,
      own,
      blankForm({ decision: own.decision ?? '', category: own.category ?? '' }),
    )
  })

  app.post(paths.conferenceCorrect.pattern, open, async (request, reply) => {
    const form = parseForm(correcting, request.body)
    const found = await openConference(request, reply, 'F09')
    if (!found) return reply
    const [{ row: own, child }] = found.all as [Own, ...Own[]]
    const session = sessionOf(request)
    if (!corrects(session))
      throw refuse(403, 'Whoever chairs conferences, or a senior manager, corrects what was decided')
    const refusal = mayNot('conference', conferenceState(own), 'correct')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) return showCorrect(request, reply, own, form)
    const { decision, category, because } = form.value
    const plan = makesPlan(decision)
    if (!decisionsOf(own.kind).includes(decision))
      return showCorrect(
        request,
        reply,
        own,
        withErrors(form, { decision: 'This kind of conference does not decide that' }),
      )
    if (plan && !category)
      return showCorrect(
        request,
        reply,
        own,
        withErrors(form, { category: 'Choose the category of the plan' }),
      )
    let wrong: string | undefined
    const next = await writing(db, session, async (trx) => {
      const given = { decision, category: plan ? category : undefined, because }
      wrong = await correctConference(trx, child, own, given)
      if (wrong) return undefined
      return once(trx, form, session.account.id, async () => {
        if (child.writable.includes('F25'))
          await addManagementNote(trx, session.account.id, child.id, {
            now: now(),
            words: `What the conference of ${formatShortDate(own.held_on)} decided was put right.\n\n${because}`,
          })
        return paths.conference(paths.conferenceCorrect.read(request))
      })
    })
    return next
      ? reply.redirect(next, 303)
      : showCorrect(request, reply, own, withErrors(form, { decision: wrong! }))
  })

  app.get(paths.minutes.pattern, open, async (request, reply) => {
    const { as } = request.query as { as?: string }
    const told = await openMinutes(request, reply, as ? 'download' : 'view')
    if (!told) return reply
    return sendPaper(request, reply, minutesPaper(told), as, 'Minutes')
  })

  app.get(paths.decisionLetter.pattern, open, async (request, reply) => {
    const { as } = request.query as { as?: string }
    const told = await openMinutes(request, reply, as ? 'download' : 'view', 'parents')
    if (!told) return reply
    return sendPaper(request, reply, decisionLetter(told, today()), as, 'Decision letter')
  })

  // -------------------------------------------------------------------------------------------------------------------

  interface Found {
    readonly all: readonly Own[]
    readonly first: Opened
    readonly closed: number
  }

  async function openConference(
    request: FastifyRequest,
    reply: FastifyReply,
    needs = group,
  ): Promise<Found | undefined> {
    const { person, conference } = paths.conference.read(request)
    const first = await openToWrite(request, reply, person, { group: needs, purpose })
    if (!first) return undefined
    const ids = await togetherIds(request, first, conference)
    const { children, closed } = await openThem(request, ids, { purpose, action: 'write', group: needs })
    const all = await reading(db, sessionOf(request), (trx) => ownOf(trx, first.people, conference, children))
    return { all, first, closed }
  }

  function togetherIds(request: FastifyRequest, first: Opened, conference: string, knownAt?: Date) {
    return reading(
      db,
      sessionOf(request),
      async (trx) => {
        const own = await conferenceOf(trx, first.people, idIn(conference))
        if (!own) throw notFound()
        return metTogether(trx, own.held_together, first.people)
      },
      { knownAt },
    )
  }

  /** The rows of a conference, that of the page first. */
  async function ownOf(
    trx: Trx,
    people: readonly string[],
    conference: string,
    children: readonly Child[],
  ): Promise<readonly Own[]> {
    const own = await conferenceOf(trx, people, idIn(conference))
    if (!own) throw notFound()
    const rows = await conferencesTogether(trx, own.held_together)
    const all = rows.flatMap((row): Own[] => {
      const child = children.find((one) => one.people.includes(row.person_id))
      return child ? [{ row, child }] : []
    })
    const first = all.find(({ row }) => row.id === own.id)
    if (!first) throw notFound()
    return [first, ...all.filter((one) => one !== first)]
  }

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

  async function wrongWithHolding(
    request: FastifyRequest,
    all: readonly Own[],
    value: HoldingTyped,
    { quorate, why }: ReturnType<typeof quorum>,
  ): Promise<Record<string, string>> {
    const wrong: Record<string, string> = {}
    if (!quorate && !value.quorumWords)
      wrong.quorumWords = `${why}. Say why the conference decided all the same, or adjourn it: give it another day`
    await reading(db, sessionOf(request), async (trx) => {
      for (const { row, child } of all) {
        const at = (field: string) => `child[${child.id}][${field}]`
        const each = value.child[child.id]
        const day = wrongConferenceDay(row.kind, value.on, {
          ...{ isWeekend: weekend, planSince: row.plan_since, today: today() },
        })
        if (day) wrong.on = day
        if (!each?.decision || !decisionsOf(row.kind).includes(each.decision))
          wrong[at('decision')] = `Choose what was decided for ${child.name}`
        else if (makesPlan(each.decision) && !each.category)
          wrong[at('category')] = `Choose the category of ${child.name}’s plan`
        else if (each.decision === 'plan' && (await planInForce(trx, child.people, value.on)))
          wrong[at('decision')] = `${child.name} is on a plan already: hold a review conference`
        if (each?.said && !child.writable.includes('F28'))
          wrong[at('said')] = 'You may not write the child’s own words in a place of their own'
      }
    })
    return wrong
  }

  /** The outline plan and the core group, as the conference set them. */
  async function outline(
    trx: Trx,
    conference: string,
    child: Child,
    value: HoldingTyped,
    people: ReturnType<typeof attendersOf>,
  ): Promise<void> {
    const rows = await trx
      .selectFrom('conference')
      .select('child_protection_plan_id as plan')
      .where('id', '=', conference)
      .executeTakeFirstOrThrow()
    const plan = { id: rows.plan as string, person_id: child.id }
    const parts: PlanPart[] = ['danger', 'outcome', 'safety', 'contingency']
    const lines = parts.flatMap((part) =>
      linesFrom(part, value[part as keyof HoldingTyped] as string | undefined),
    )
    await keepLines(trx, plan, lines, value.on)
    const core = people
      .filter((one) => one.core)
      .map(({ agency, name }) => ({ agency, name, role: undefined, lead: false }))
    const lead = value.lead
      ? [{ agency: 'social-care' as const, name: value.lead, role: 'Lead social worker', lead: true }]
      : []
    await keepMembers(trx, plan, [...lead, ...core.filter(({ name }) => name !== value.lead)], value.on)
  }

  async function openMinutes(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'download',
    reader: Reader = readerOf(request),
  ): Promise<MinutesTold | undefined> {
    const { person, conference } = paths.conference.read(request)
    const first = await openOrRefuse(request, reply, person, {
      ...{ purpose: 'minutes of a conference', action },
      groups: [...new Set([...identityGroups, ...groups])].sort(),
    })
    if (!first) return undefined
    const { children } = await openThem(request, [person], { purpose, action: 'view', group })
    return reading(db, sessionOf(request), async (trx) => {
      const row = await conferenceOf(trx, first.people, idIn(conference))
      if (!row?.held_on || !children[0]) throw notFound()
      const said = (await passagesAt(trx, column, [row.id])).get(row.id) ?? []
      return {
        ...{ authority: app.deps.config.authority.name, conference: row, child: children[0], reader },
        attenders: (await attendersAt(trx, column, [row.id])).get(row.id) ?? [],
        parts: passageRows(passagesFor(said, reader)),
        lines: row.plan ? (await linesOf(trx, row.plan)).filter(({ to }) => !to) : [],
      }
    })
  }

  async function sendPaper(
    request: FastifyRequest,
    reply: FastifyReply,
    paper: ReturnType<typeof minutesPaper>,
    as: string | undefined,
    title: string,
  ) {
    if (as === 'pdf' || as === 'docx') {
      const { bytes } = await render(paper, as, now())
      return reply
        .header(
          'content-disposition',
          `attachment; filename="${title.toLowerCase().replaceAll(' ', '-')}.${as}"`,
        )
        .header('cache-control', 'no-store')
        .type(
          as === 'pdf'
            ? 'application/pdf'
            : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        )
        .send(bytes)
    }
    const { htmlOf } = await import('../casework/papers/html.ts')
    const { person, conference } = paths.conference.read(request)
    const query = request.query as Record<string, string>
    const href = (form: string) =>
      `${request.url.split('?')[0]}?${new URLSearchParams({ ...query, as: form })}`
    return reply.page('child-protection/views/paper.njk', {
      ...{ title, width: 'writing', html: htmlOf(paper, 2) },
      files: [
        { text: 'PDF', href: href('pdf') },
        { text: 'Word', href: href('docx') },
      ],
      back: paths.conference({ person, conference }),
    })
  }

  // -------------------------------------------------------------------------------------------------------------------

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

  type FormOf = Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView }

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

  async function showHeld(request: FastifyRequest, reply: FastifyReply, { all, closed }: Found, of: FormOf) {
    const address = paths.conferenceHeld.read(request)
    const page = paths.conferenceHeld(address)
    const drafted = drafting({
      ...{ form: 'protection-conference', page, group, ...of },
      about: all.map(({ child }) => child.id),
    })
    if (drafted.form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: ['F09', group], heading: 'Write up the conference' },
        template: 'child-protection/views/conference-held.njk',
      },
      async () => ({
        ...drafted,
        ...{ closed, conference: all[0]!.row, children: all.map(({ child }) => child) },
        ...{ categories, participations, agencies: optionsOf(agencies), attendances: optionsOf(attendances) },
        decisions: optionsOf(conferenceDecisions).filter(({ value }) =>
          decisionsOf(all[0]!.row.kind).includes(value as ConferenceDecision),
        ),
        lines: linesOfForm(drafted.form.values, of.again ? 0 : 2),
        action: page,
        back: paths.conference(address),
      }),
    )
  }

  /** The children's names and what is decided for each, before anything is filed. */
  async function showConfirm(
    request: FastifyRequest,
    reply: FastifyReply,
    { all, closed }: Found,
    form: ParsedForm<HoldingTyped>,
    value: HoldingTyped,
    quorate: ReturnType<typeof quorum>,
  ) {
    const address = paths.conferenceHeld.read(request)
    const children = all.map(({ child }) => child)
    const people = attendersOf(value.who)
    const earlier = await reading(db, sessionOf(request), async (trx) => {
      const found: string[] = []
      for (const { child } of all)
        found.push(earlierWords(await earlierPlans(trx, child.people), null, value.on) ?? '')
      return found
    })
    return reply.page('child-protection/views/conference-confirm.njk', {
      title: 'What the conference decided',
      width: 'writing',
      ...{ form, closed, quorate, quorumWords: value.quorumWords, on: value.on },
      draft: form.draft,
      rows: all.map(({ row, child }, n) => {
        const each = value.child[child.id]!
        const said = {
          meeting: 'conference' as const,
          people,
          discussion: value.discussion,
          familyView: value.family,
        }
        return {
          child,
          decision: conferenceDecisions[each.decision!],
          category: makesPlan(each.decision!) ? labelOf('category_of_abuse', each.category!) : undefined,
          ends: each.decision === 'end' || (row.kind !== 'review' && each.decision === 'no-plan'),
          earlier: each.decision === 'plan' ? earlier[n] : undefined,
          names: namesOthers(
            [...passagesOf({ ...said, child: value.child }, child, children), ...reasonOf(value.words)],
            child,
            children,
          ),
        }
      }),
      dissent: people.filter(({ dissent }) => dissent).map(({ name, dissent }) => ({ name, dissent })),
      hidden: Object.entries(form.values).flatMap(([name, one]) =>
        name === 'step' ? [] : [one ?? []].flat().map((each) => [name, each]),
      ),
      action: paths.conferenceHeld(address),
      back: `${paths.conferenceHeld(address)}${form.draft ? `?draft=${form.draft}` : ''}`,
    })
  }

  function showCorrect(request: FastifyRequest, reply: FastifyReply, own: Conference, form: FormView) {
    const address = paths.conferenceCorrect.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: ['F09', group], heading: 'Correct what was decided' },
        template: 'child-protection/views/conference-correct.njk',
      },
      async () => ({
        ...{ form, conference: own, categories },
        decisions: optionsOf(conferenceDecisions).filter(({ value }) =>
          decisionsOf(own.kind).includes(value as ConferenceDecision),
        ),
        action: paths.conferenceCorrect(address),
        back: paths.conference(address),
      }),
    )
  }
}

const chairsIt = (session: Session, { chair_id }: Conference) =>
  session.roles.includes('A-IRO') && (chair_id === null || chair_id === session.account.id)

function mustChair(session: Session, conference: Conference): void {
  if (!chairsIt(session, conference))
    throw refuse(
      403,
      `${conference.chair ?? 'Whoever chairs it'} records what the conference decided. If somebody else chairs, name them first where the conference is called`,
      {
        title: 'The chair records it',
      },
    )
}

const corrects = ({ roles }: Session) => roles.includes('A-IRO') || roles.includes('A-SM')

/** Why a conference of a kind does not fit a child as it stands. */
function wrongKind(kind: keyof typeof conferenceKinds, child: Child, onPlan: boolean): string | undefined {
  if (kind === 'review' && !onPlan) return 'No child protection plan is in force that could be reviewed'
  if (kind !== 'review' && onPlan) return 'A plan is in force already: ask for a review conference'
  if (kind === 'pre-birth' && child.born) return 'The child is born: ask for an initial conference'
  if (kind !== 'pre-birth' && kind !== 'review' && !child.born && child.expected)
    return 'The child is not born yet: ask for a conference before birth'
  return undefined
}

/** That a child was on a plan before, as whoever decides sees it. */
function earlierWords(
  plans: readonly { id: string; end: Day | null; reported: number | null }[],
  own: string | null,
  on: Day,
): string | undefined {
  const before = plans.filter(({ id }) => id !== own)
  const count = plansBefore(before)
  const found = earlierPlan(
    before.flatMap(({ end }) => end ?? []),
    on,
    count,
  )
  if (found === 'none') return undefined
  return `${count === 1 ? 'A plan' : `${count} plans`} before this${found === 'within-two-years' ? ', the last within two years' : ''}`
}

/** Lines of a plan from one text: each line of it is one. */
const linesFrom = (part: PlanPart, words: string | undefined): LineTyped[] =>
  (words ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({
      ...{ id: undefined, part, words: line, who: undefined, due: undefined, measure: undefined },
      familyMayRead: true,
    }))

/** Why a conference decided so, as each child's own minutes have it: looked at for names of the others. */
const reasonOf = (words: string): Passage[] => [
  { part: 'discussion', words, origin: 'worker', parentMayRead: true, childMayRead: true },
]
