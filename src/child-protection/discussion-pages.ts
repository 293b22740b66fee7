import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  choices,
  day,
  type FormView,
  ids,
  optionalChoice,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, formatShortDate } from '../web/words.ts'
import {
  beginEnquiry,
  callDiscussion,
  callOffDiscussion,
  type Discussion,
  discussionOf,
  discussionsTogether,
  holdDiscussion,
  openEnquiry,
} from './discussions-store.ts'
import { attendersOf, attendersTyped, mostWords, ofChild, optionalTime, passagesOf } from './meeting.ts'
import {
  type AttenderKept,
  addPassages,
  attendersAt,
  keepAttenders,
  type PassageKept,
  passagesAt,
} from './meeting-store.ts'
import { discussionState, leadsToEnquiry, mayNot, missingFrom, passagesFor, wrongDecision } from './model.ts'
import { paths } from './paths.ts'
import { attenderRows, attenderValues, linesOfForm, passageRows, readerOf } from './showing.ts'
import { type Child, familyFor, idIn, metTogether, openThem, openToWrite, type Trx } from './together.ts'
import {
  agencies,
  attendances,
  codesOf,
  confidences,
  discussionDecisions,
  harms,
  manners,
  optionsOf,
} from './words.ts'

const purpose = 'a strategy discussion'
const group = 'F13'
const column = 'strategy_discussion_id' as const

const calling = z.object({
  others: ids(),
  because: text('Say what makes you think a child is being harmed or may be', 5000),
  asked: day('Say on which day it was asked for', { notAfterToday: 'That day has not come' }),
  urgent: tick(),
  planned: optionalDay(),
  at: optionalTime,
  manner: optionalChoice(codesOf(manners)),
  place: optionalText(200),
  who: attendersTyped,
})

const holding = z.object({
  on: day('Say on which day it was held', { notAfterToday: 'It has not been held yet' }),
  at: optionalTime,
  manner: optionalChoice(codesOf(manners)),
  who: attendersTyped,
  discussion: optionalText(mostWords),
  harm: choices(codesOf(harms)),
  safety: text('Say how each child is kept safe from now on', 5000),
  decision: choice(codesOf(discussionDecisions), 'Choose what was decided'),
  words: text('Say why, agency by agency where they differ', 10_000),
  child: z
    .record(z.string(), z.object({ ...ofChild, decision: optionalChoice(codesOf(discussionDecisions)) }))
    .default({}),
})

const callingOff = z.object({ because: text('Say why it is not held, and who agreed', 1000) })

/** Whom a discussion is called with, before anybody says otherwise (practice 4.1). */
const usual = ['social-care', 'social-care', 'police', 'health', 'education'] as const

/** Strategy discussions: called, held, called off. */
export const discussionPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.discussionNew.pattern, open, async (request, reply) => {
    const { person } = paths.discussionNew.read(request)
    const opened = await openToWrite(request, reply, person, { group, purpose })
    if (!opened) return reply
    const { draft: wanted, others } = request.query as Record<string, string | undefined>
    const draft =
      wanted === undefined
        ? undefined
        : await reading(db, sessionOf(request), (trx) => draftOf(trx, idIn(wanted)))
    return showCall(request, reply, person, opened, {
      draft,
      start: {
        asked: 'today',
        manner: 'video',
        others: typeof others === 'string' ? others.split(',') : [],
        ...Object.fromEntries(usual.map((agency, n) => [`who[${n}][agency]`, agency])),
        'who[0][name]': sessionOf(request).account.name,
      },
    })
  })

  app.post(paths.discussionNew.pattern, open, async (request, reply) => {
    const { person } = paths.discussionNew.read(request)
    const form = parseForm(calling, request.body)
    const opened = await openToWrite(request, reply, person, { group, purpose })
    if (!opened) return reply
    const again = (errors: Record<string, string> = {}) =>
      showCall(request, reply, person, opened, {
        again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
      })
    if (!form.ok) return again()
    const { value } = form
    if (value.planned && value.planned < value.asked)
      return again({ planned: 'It is planned before it was asked for: check the days' })
    const { children, closed } = await openThem(request, [person, ...value.others], {
      ...{ purpose, action: 'write', group },
    })
    if (closed > 0)
      return again({ others: 'The record of one of these children is not yours to write in. Take them off' })
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const together = randomUUID()
        const made: string[] = []
        const people = attendersOf(value.who).map((one, place) => ({ ...one, place }))
        for (const child of children) {
          const id = await callDiscussion(trx, child.id, {
            ...{ together, askedOn: value.asked, because: value.because, urgent: value.urgent },
            ...{ plannedOn: value.planned, plannedAt: value.at, manner: value.manner, place: value.place },
          })
          await keepAttenders(trx, { column, id }, child.id, people, today())
          made.push(id)
        }
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.discussion({ person: children[0]!.id, discussion: made[0]! })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.discussion.pattern, open, async (request, reply) => {
    const { person, discussion } = paths.discussion.read(request)
    let children: readonly Child[] = []
    let closed = 0
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', 'F13', 'F28'], heading: 'Strategy discussion' },
        template: 'child-protection/views/discussion.njk',
        before: async (first, knownAt) => {
          const ids = await togetherIds(request, first, discussion, knownAt?.moment)
          ;({ children, closed } = await openThem(request, ids, { purpose, action: 'view', group }))
        },
      },
      async ({ trx, opened, knownAt }) => {
        const own = await discussionOf(trx, opened.people, idIn(discussion))
        if (!own) throw notFound()
        const reader = readerOf(request)
        const told = await toldOf(trx, own, children)
        return {
          ...{ discussion: own, children, closed, reader, state: discussionState(own) },
          others: children.filter(({ people }) => !people.includes(own.person_id)),
          // A copy for a family is about one child: another's may have other parents.
          rows: (reader === 'professionals' ? told : told.slice(0, 1)).map((one) => ({
            ...one,
            decision: one.row.decision && discussionDecisions[one.row.decision],
            passages: passageRows(passagesFor(one.passages, reader)),
            left: one.passages.length - passagesFor(one.passages, reader).length,
            enquiryHref:
              one.row.section_47_id &&
              paths.enquiry({ person: one.child.id, enquiry: one.row.section_47_id }),
          })),
          attenders: attenderRows(told[0]?.attenders ?? []),
          missing: own.held_on ? missingFrom(told[0]?.attenders ?? []).map((one) => agencies[one]) : [],
          harm: own.harm.map((one) => harms[one as keyof typeof harms]),
          manner: own.manner && manners[own.manner as keyof typeof manners],
          lateBy: own.held_on && dayOf(own.recorded_at) > own.held_on ? dayOf(own.recorded_at) : undefined,
          writes: !knownAt,
          form: blankForm(),
          heldHref: paths.discussionHeld({ person, discussion }),
          offAction: paths.discussionOff({ person, discussion }),
          furtherHref: paths.discussionNew(
            { person },
            {
              others: children
                .map(({ id }) => id)
                .filter((id) => id !== person)
                .join(','),
            },
          ),
          here: paths.discussion({ person, discussion }),
        }
      },
    )
  })

  app.get(paths.discussionHeld.pattern, open, async (request, reply) => {
    const found = await openDiscussion(request, reply)
    if (!found) return reply
    const { own, first } = found
    const wanted = (request.query as { draft?: string }).draft
    const session = sessionOf(request)
    const { draft, attenders } = await reading(db, session, async (trx) => ({
      draft: wanted ? await draftOf(trx, idIn(wanted)) : undefined,
      attenders: (await attendersAt(trx, column, [own.id])).get(own.id) ?? [],
    }))
    return showHeld(request, reply, found, first, {
      draft,
      start: {
        on: formatShortDate(own.planned_on ?? today()),
        manner: own.manner ?? 'video',
        ...attenderValues(attenders),
      },
    })
  })

  app.post(paths.discussionHeld.pattern, open, async (request, reply) => {
    const form = parseForm(holding, request.body)
    const found = await openDiscussion(request, reply)
    if (!found) return reply
    const { own, children, first } = found
    const again = (errors: Record<string, string> = {}) =>
      showHeld(request, reply, found, first, {
        again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
      })
    const refusal = mayNot('discussion', discussionState(own), 'hold')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) return again()
    const { value } = form
    const people = attendersOf(value.who)
    const session = sessionOf(request)
    const wrong: Record<string, string> = {}
    const next = await writing(db, session, async (trx) => {
      const enquiries = new Map<string, Awaited<ReturnType<typeof openEnquiry>>>()
      for (const child of children) {
        const enquiry = await openEnquiry(trx, child.people)
        enquiries.set(child.id, enquiry)
        const own = value.child[child.id]
        const field = own?.decision ? `child[${child.id}][decision]` : 'decision'
        const no = wrongDecision(own?.decision ?? value.decision, enquiry !== undefined)
        if (no) wrong[field] = children.length > 1 ? `${child.name}: ${no}` : no
        if (own?.said && !child.writable.includes('F28'))
          wrong[`child[${child.id}][said]`] =
            'You may not write the child’s own words in a place of their own'
      }
      if (Object.keys(wrong).length > 0) return undefined
      return once(trx, form, session.account.id, async () => {
        for (const row of await discussionsTogether(trx, own.held_together)) {
          const child = children.find(({ people }) => people.includes(row.person_id))
          if (!child || discussionState(row) === 'called-off') continue
          const decision = value.child[child.id]?.decision ?? value.decision
          const open = enquiries.get(child.id)
          const enquiry = leadsToEnquiry(decision)
            ? await beginEnquiry(trx, child, {
                on: value.on,
                kind: decision === 'section-47-joint' ? 'joint' : 'single',
                account: session.account.id,
              })
            : open?.id
          await holdDiscussion(
            trx,
            row.id,
            {
              ...{ on: value.on, at: value.at, manner: value.manner, harm: value.harm },
              ...{ decision, words: value.words, safety: value.safety },
            },
            { enquiry, further: open !== undefined },
          )
          const of = { column, id: row.id }
          await keepAttenders(trx, of, child.id, people)
          await addPassages(
            trx,
            of,
            child.id,
            passagesOf(
              { meeting: 'discussion', people, discussion: value.discussion, child: value.child },
              child,
              children,
            ),
          )
        }
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.discussion(paths.discussionHeld.read(request))
      })
    })
    return next ? reply.redirect(next, 303) : again(wrong)
  })

  app.post(paths.discussionOff.pattern, open, async (request, reply) => {
    const form = parseForm(callingOff, request.body)
    const found = await openDiscussion(request, reply)
    if (!found) return reply
    const refusal = mayNot('discussion', discussionState(found.own), 'call-off')
    if (refusal) throw refuse(409, refusal)
    if (!form.ok) throw refuse(422, form.summary[0]!.text)
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await callOffDiscussion(trx, found.own.held_together, form.value.because, today())
        return paths.discussion(paths.discussionOff.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  // -------------------------------------------------------------------------------------------------------------------

  interface OpenDiscussion {
    readonly own: Discussion
    readonly first: Opened
    readonly children: readonly Child[]
    readonly closed: number
  }

  /** A discussion opened to write in, with every child it is about whose record is the reader's to write in. */
  async function openDiscussion(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<OpenDiscussion | undefined> {
    const { person, discussion } = paths.discussion.read(request)
    const first = await openToWrite(request, reply, person, { group, purpose })
    if (!first) return undefined
    const own = await reading(db, sessionOf(request), (trx) =>
      discussionOf(trx, first.people, idIn(discussion)),
    )
    if (!own) throw notFound()
    const ids = await togetherIds(request, first, discussion)
    const { children, closed } = await openThem(request, ids, { purpose, action: 'write', group })
    return { own, first, children, closed }
  }

  function togetherIds(request: FastifyRequest, first: Opened, discussion: string, knownAt?: Date) {
    return reading(
      db,
      sessionOf(request),
      async (trx) => {
        const own = await discussionOf(trx, first.people, idIn(discussion))
        if (!own) throw notFound()
        return metTogether(trx, own.held_together, first.people)
      },
      { knownAt },
    )
  }

  interface Told {
    readonly child: Child
    readonly row: Discussion
    readonly attenders: readonly AttenderKept[]
    readonly passages: readonly PassageKept[]
  }

  async function toldOf(trx: Trx, own: Discussion, children: readonly Child[]): Promise<Told[]> {
    const rows = await discussionsTogether(trx, own.held_together)
    const all = rows.map(({ id }) => id)
    const attenders = await attendersAt(trx, column, all)
    const passages = await passagesAt(trx, column, all)
    return rows
      .flatMap((row) => {
        const child = children.find(({ people }) => people.includes(row.person_id))
        return child
          ? [{ child, row, attenders: attenders.get(row.id) ?? [], passages: passages.get(row.id) ?? [] }]
          : []
      })
      .toSorted((one, other) => Number(other.row.id === own.id) - Number(one.row.id === own.id))
  }

  type FormOf = Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView }

  async function showCall(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    opened: Opened,
    of: FormOf,
  ): Promise<unknown> {
    const { children } = await familyFor(request, opened)
    const page = paths.discussionNew({ person })
    const drafted = drafting({ form: 'strategy-discussion', page, about: [person], group, ...of })
    if (drafted.form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: [group], heading: 'Call a strategy discussion' },
        template: 'child-protection/views/discussion-call.njk',
      },
      async () => ({
        ...drafted,
        children,
        agencies: optionsOf(agencies),
        manners: optionsOf(manners),
        lines: linesOfForm(drafted.form.values, of.again ? 0 : 2),
        action: page,
        back: paths.protection({ person }),
      }),
    )
  }

  async function showHeld(
    request: FastifyRequest,
    reply: FastifyReply,
    { own, children, closed }: OpenDiscussion,
    first: Opened,
    of: FormOf,
  ): Promise<unknown> {
    const address = paths.discussionHeld.read(request)
    const drafted = drafting({
      ...{ form: 'strategy-discussion', page: paths.discussionHeld(address), group, ...of },
      about: children.map(({ id }) => id),
    })
    if (drafted.form.summary.length > 0) reply.code(422)
    const enquiry = await reading(db, sessionOf(request), (trx) => openEnquiry(trx, first.people))
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: [group], heading: 'Write up the strategy discussion' },
        template: 'child-protection/views/discussion-held.njk',
      },
      async () => ({
        ...drafted,
        ...{ children, closed, own, enquiry },
        agencies: optionsOf(agencies),
        manners: optionsOf(manners),
        attendances: optionsOf(attendances),
        confidences: optionsOf(confidences),
        harms: optionsOf(harms),
        decisions: optionsOf(discussionDecisions).filter(
          ({ value }) => !wrongDecision(value as keyof typeof discussionDecisions, enquiry !== undefined),
        ),
        lines: linesOfForm(drafted.form.values, of.again ? 0 : 2),
        action: paths.discussionHeld(address),
        back: paths.discussion(address),
      }),
    )
  }
}
