import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { reading, writing } from '../access/reading.ts'
import { addManagementNote } from '../casework/management-note.ts'
import { dayNumber, isWeekend } from '../clocks/calendar.ts'
import { labelOf } from '../codes/codes.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { refuse } from '../web/errors.ts'
import { blankForm, type FormView, type ParsedForm, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { type Day, dayOf, formatShortDate } from '../web/words.ts'
import { categories, correcting, type HoldingTyped, holding, participations } from './conference-forms.ts'
import {
  column,
  earlierWords,
  type Found,
  group,
  mustChair,
  type Own,
  openConference,
  purpose,
} from './conference-opening.ts'
import { type Conference, correctConference, decideConference, earlierPlans } from './conferences-store.ts'
import { attendersOf, namesOthers, type Passage, passagesOf } from './meeting.ts'
import { addPassages, attendersAt, keepAttenders } from './meeting-store.ts'
import { conferenceState, decisionsOf, makesPlan, mayNot, quorum, wrongConferenceDay } from './model.ts'
import { paths } from './paths.ts'
import { keepLines, keepMembers, type LineTyped, planInForce } from './plans-store.ts'
import { attenderValues, linesOfForm } from './showing.ts'
import { type Child, idIn, type Trx } from './together.ts'
import {
  agencies,
  attendances,
  type ConferenceDecision,
  conferenceDecisions,
  optionsOf,
  type PlanPart,
} from './words.ts'

const weekend = (day: Day) => isWeekend(dayNumber(day))
type FormOf = Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView }

/** What the chair records of a conference, looked at child by child before it is filed; and put right when it was wrong. */
export const conferenceHoldingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

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

  // -------------------------------------------------------------------------------------------------------------------

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

const corrects = ({ roles }: Session) => roles.includes('A-IRO') || roles.includes('A-SM')

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
