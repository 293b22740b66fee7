import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { labelOf } from '../codes/codes.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  optionalChoice,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { dayOf, formatShortDate } from '../web/words.ts'
import { earlierPlans } from './conferences-store.ts'
import { mostWords } from './meeting.ts'
import {
  earlierPlan,
  endsWithoutConference,
  linesForFamily,
  mayNot,
  plansBefore,
  wrongWithEnding,
} from './model.ts'
import { paths } from './paths.ts'
import {
  addLook,
  coreGroupsOf,
  endPlan,
  keepLines,
  keepMembers,
  type Line,
  linesOf,
  looksOf,
  membersOf,
  type Plan,
  planOf,
  takeBackPlan,
} from './plans-store.ts'
import { readerOf } from './showing.ts'
import { idIn, openToWrite } from './together.ts'
import { agencies, codesOf, endReasons, optionsOf, type PlanPart, planParts, progresses } from './words.ts'

const purpose = 'a child protection plan'
const group = 'F14'

const writingPlan = z.object({
  danger: optionalText(mostWords),
  strength: optionalText(mostWords),
  outcome: text('Say what must change', mostWords),
  safety: optionalText(mostWords),
  contingency: optionalText(mostWords),
  action: z
    .preprocess(
      (value) => (Array.isArray(value) ? value : []),
      z
        .array(
          z.object({
            id: optionalText(40),
            words: optionalText(2000),
            who: optionalText(200),
            due: optionalDay(),
            measure: optionalText(500),
            kept: tick(),
          }),
        )
        .max(60),
    )
    .superRefine((rows, context) => {
      for (const [place, { words, who }] of rows.entries())
        if (words && !who)
          context.addIssue({ code: 'custom', path: [place, 'who'], message: 'Say who does it' })
    }),
  member: z.preprocess(
    (value) => (Array.isArray(value) ? value : []),
    z
      .array(
        z.object({
          agency: optionalChoice(codesOf(agencies)),
          name: optionalText(200),
          role: optionalText(200),
          lead: tick(),
        }),
      )
      .max(30),
  ),
})
const looking = z.object({ words: text('Say what you found, and what is to change', 5000) })
const ending = z.object({
  on: day('Say on which day it ended', { notAfterToday: 'That day has not come' }),
  reason: choice(endsWithoutConference as [never, ...never[]], 'Choose why it ended'),
  words: text('Say what was agreed, and with whom', 5000),
})
const wrongBegun = z.object({
  because: text('Say what was wrong, and who agreed that it is taken back', 2000),
})

/** Parts of a plan that are written as lines of one text. */
const texts = [
  'danger',
  'strength',
  'outcome',
  'safety',
  'contingency',
] as const satisfies readonly PlanPart[]

/** Child protection plans: read by professionals and by the family, written, looked at, ended, taken back. */
export const planPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.plan.pattern, open, async (request, reply) => {
    const { person } = paths.plan.read(request)
    return show(request, reply, person)
  })

  function show(request: FastifyRequest, reply: FastifyReply, person: string, form?: FormView) {
    const address = paths.plan.read(request)
    if (form) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', group, 'F26'], heading: 'Child protection plan' },
        template: 'child-protection/views/plan.njk',
      },
      async (part) => ({
        ...(await planData(part, address.plan, readerOf(request) !== 'professionals')),
        form: form ?? blankForm({ on: 'today' }),
        writeHref: paths.planWrite(address),
        lookAction: paths.planLook(address),
        endHref: paths.planEnd(address),
        reviewHref: paths.conferenceNew({ person }, { kind: 'review' }),
        groupHref: paths.coreGroupNew(address),
        here: paths.plan(address),
        senior: isSenior(part.session),
      }),
    )
  }

  async function planData({ trx, opened, on, knownAt }: OpenPart, id: string, family: boolean) {
    const plan = await planOf(trx, opened.people, idIn(id))
    if (!plan) throw notFound()
    const lines = await linesOf(trx, plan.id)
    const now = lines.filter(({ to }) => !to || to > on)
    const shown = family ? linesForFamily(now) : now
    const earlier = (await earlierPlans(trx, opened.people)).filter(
      (one) => one.start < plan.cp_plan_start_date,
    )
    const before = earlierPlan(
      earlier.flatMap(({ end }) => end ?? []),
      plan.cp_plan_start_date,
      plan.number_of_previous_cpp ?? plansBefore(earlier),
    )
    const groups = (await coreGroupsOf(trx, opened.people)).filter(
      (one) => one.child_protection_plan_id === plan.id,
    )
    return {
      plan,
      family,
      writes: !knownAt && !plan.cp_plan_end_date,
      category: labelled(plan.cp_plan_latest_category),
      categoryFirst:
        plan.cp_plan_initial_category !== plan.cp_plan_latest_category
          ? labelled(plan.cp_plan_initial_category)
          : undefined,
      before,
      beforeCount: plan.number_of_previous_cpp,
      ended: plan.cp_plan_end_reason && endReasons[plan.cp_plan_end_reason],
      parts: (Object.keys(planParts) as PlanPart[])
        .map((part) => ({
          part,
          heading: planParts[part],
          lines: shown.filter((line) => line.part === part).map(told),
        }))
        .filter(({ lines }) => lines.length > 0),
      gone: lines.filter(({ to }) => to && to <= on).map(told),
      members: (await membersOf(trx, plan.id))
        .filter(({ to }) => !to || to > on)
        .map((one) => ({ ...one, agency: agencies[one.agency] })),
      looks: await looksOf(trx, plan.id),
      coreGroups: groups.map((one) => ({
        ...one,
        href: paths.coreGroup({ person: opened.person, group: one.id }),
      })),
      conferenceHref:
        plan.conference && paths.conference({ person: opened.person, conference: plan.conference }),
    }
  }

  app.get(paths.planWrite.pattern, open, async (request, reply) => {
    const found = await openPlan(request, reply)
    if (!found) return reply
    const { plan } = found
    const wanted = (request.query as { draft?: string }).draft
    const { draft, lines, members } = await reading(db, sessionOf(request), async (trx) => ({
      draft: wanted ? await draftOf(trx, idIn(wanted)) : undefined,
      lines: (await linesOf(trx, plan.id)).filter(({ to }) => !to),
      members: (await membersOf(trx, plan.id)).filter(({ to }) => !to),
    }))
    const actions = lines.filter(({ part }) => part === 'action')
    return showWrite(request, reply, plan, {
      draft,
      start: {
        ...Object.fromEntries(
          texts.map((part) => [
            part,
            lines
              .filter((line) => line.part === part)
              .map((line) => (line.familyMayRead ? line.words : `[not for parents] ${line.words}`))
              .join('\n'),
          ]),
        ),
        ...Object.fromEntries(
          actions.flatMap((line, n) => [
            [`action[${n}][id]`, line.id],
            [`action[${n}][words]`, line.words],
            [`action[${n}][who]`, line.who ?? ''],
            [`action[${n}][due]`, line.due ? formatShortDate(line.due) : ''],
            [`action[${n}][measure]`, line.measure ?? ''],
            [`action[${n}][kept]`, line.familyMayRead ? '' : 'yes'],
          ]),
        ),
        ...Object.fromEntries(
          members.flatMap((one, n) => [
            [`member[${n}][agency]`, one.agency],
            [`member[${n}][name]`, one.name],
            [`member[${n}][role]`, one.role ?? ''],
            [`member[${n}][lead]`, one.lead ? 'yes' : ''],
          ]),
        ),
      },
    })
  })

  app.post(paths.planWrite.pattern, open, async (request, reply) => {
    const form = parseForm(writingPlan, request.body)
    const found = await openPlan(request, reply)
    if (!found) return reply
    const { plan } = found
    if (!form.ok) return showWrite(request, reply, plan, { again: form })
    const { value } = form
    if (value.member.filter(({ lead }) => lead).length !== 1)
      return showWrite(request, reply, plan, {
        again: withErrors(form, { 'member[0][lead]': 'One person leads: tick one, the lead social worker' }),
      })
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const before = (await linesOf(trx, plan.id)).filter(({ to }) => !to)
        const known = (part: PlanPart, words: string) =>
          before.find((line) => line.part === part && line.words === words)?.id
        const lines = texts.flatMap((part) =>
          (value[part] ?? '')
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map((line) => {
              const kept = /^\[not for parents\]\s*/i.exec(line)
              const words = kept ? line.slice(kept[0].length) : line
              return {
                ...{
                  id: known(part, words),
                  part,
                  words,
                  who: undefined,
                  due: undefined,
                  measure: undefined,
                },
                familyMayRead: !kept,
              }
            }),
        )
        const actions = value.action.flatMap(({ id, words, who, due, measure, kept }) =>
          words
            ? [
                {
                  ...{ part: 'action' as const, words, who, due, measure, familyMayRead: !kept },
                  id: before.some((line) => line.id === id) ? id : undefined,
                },
              ]
            : [],
        )
        await keepLines(trx, plan, [...lines, ...actions], today())
        await keepMembers(
          trx,
          plan,
          value.member.flatMap(({ agency, name, role, lead }) =>
            agency && name ? [{ agency, name, role, lead }] : [],
          ),
          today(),
        )
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.plan(paths.planWrite.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(
    paths.planLook.pattern,
    { config: { access: { roles: ['A-TM', 'A-SM', 'A-IRO'] } } },
    async (request, reply) => {
      const form = parseForm(looking, request.body)
      const found = await openPlan(request, reply)
      if (!found) return reply
      if (!form.ok) return show(request, reply, paths.plan.read(request).person, form)
      const session = sessionOf(request)
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          await addLook(trx, found.plan, {
            on: today(),
            words: form.value.words,
            account: session.account.id,
          })
          return paths.plan(paths.planLook.read(request))
        }),
      )
      return reply.redirect(next, 303)
    },
  )

  app.get(paths.planEnd.pattern, open, async (request, reply) => {
    const found = await openPlan(request, reply, 'F09')
    if (!found) return reply
    return showEnd(request, reply, found.plan, blankForm({ on: 'today' }))
  })

  app.post(paths.planEnd.pattern, open, async (request, reply) => {
    const form = parseForm(ending, request.body)
    const found = await openPlan(request, reply, 'F09')
    if (!found) return reply
    const session = sessionOf(request)
    if (!isSenior(session))
      throw refuse(403, 'The chair, with a senior manager, ends a plan without a conference')
    if (!form.ok) return showEnd(request, reply, found.plan, form)
    const { value } = form
    const wrong = await writing(db, session, async (trx) => {
      const { rows } = await sqlPerson(trx, found.first.people)
      const errors = wrongWithEnding(
        { since: found.plan.cp_plan_start_date, born: rows[0]?.born ?? null, died: rows[0]?.died ?? null },
        value,
      )
      if (Object.keys(errors).length > 0) return errors
      await once(trx, form, session.account.id, async () => {
        await endPlan(trx, found.plan.id, value)
        return paths.plan(paths.planEnd.read(request))
      })
      return undefined
    })
    return wrong
      ? showEnd(request, reply, found.plan, withErrors(form, wrong))
      : reply.redirect(paths.plan(paths.planEnd.read(request)), 303)
  })

  app.post(paths.planWrong.pattern, open, async (request, reply) => {
    const form = parseForm(wrongBegun, request.body)
    const found = await openPlan(request, reply, 'F09')
    if (!found) return reply
    const session = sessionOf(request)
    if (!isSenior(session))
      throw refuse(403, 'The chair or a senior manager takes back a plan that was begun in error')
    if (!form.ok) throw refuse(422, form.summary[0]!.text)
    if (found.plan.conference)
      throw refuse(409, 'A conference made this plan: correct what it decided, and the plan goes with it', {
        next: {
          text: 'Correct what was decided',
          href: paths.conferenceCorrect({ person: found.first.person, conference: found.plan.conference }),
        },
      })
    const { person } = paths.planWrong.read(request)
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await takeBackPlan(trx, found.plan.id, form.value.because)))
          throw refuse(409, 'Core groups or reviews were held under this plan: it stood. End it instead')
        return paths.protection({ person })
      }),
    )
    return reply.redirect(paths.protection({ person }), 303)
  })

  // -------------------------------------------------------------------------------------------------------------------

  async function openPlan(
    request: FastifyRequest,
    reply: FastifyReply,
    needs = group,
  ): Promise<{ readonly plan: Plan; readonly first: Opened } | undefined> {
    const address = paths.plan.read(request)
    const first = await openToWrite(request, reply, address.person, { group: needs, purpose })
    if (!first) return undefined
    const plan = await reading(db, sessionOf(request), (trx) => planOf(trx, first.people, idIn(address.plan)))
    if (!plan) throw notFound()
    const refusal = plan.cp_plan_end_date ? mayNot('plan', 'ended', 'continue') : undefined
    if (refusal && request.method === 'POST') throw refuse(409, refusal)
    return { plan, first }
  }

  type FormOf = Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView }

  async function showWrite(request: FastifyRequest, reply: FastifyReply, plan: Plan, of: FormOf) {
    const address = paths.planWrite.read(request)
    const drafted = drafting({
      ...{ form: 'protection-plan', page: paths.planWrite(address), about: [plan.person_id], group, ...of },
    })
    if (drafted.form.summary.length > 0) reply.code(422)
    const count = (pattern: RegExp) =>
      Object.keys(drafted.form.values).filter((name) => pattern.test(name)).length
    const more = of.again ? 0 : 3
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: ['F09', group], heading: 'Write the plan' },
        template: 'child-protection/views/plan-write.njk',
      },
      async () => ({
        ...drafted,
        ...{ plan, planParts, agencies: optionsOf(agencies) },
        actions: [...Array(count(/^action\[\d+\]\[words\]$/) + more).keys()],
        members: [...Array(count(/^member\[\d+\]\[name\]$/) + more).keys()],
        action: paths.planWrite(address),
        back: paths.plan(address),
      }),
    )
  }

  function showEnd(request: FastifyRequest, reply: FastifyReply, plan: Plan, form: FormView) {
    const address = paths.planEnd.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{
          person: address.person,
          purpose,
          groups: ['F09', group],
          heading: 'End the plan without a conference',
        },
        template: 'child-protection/views/plan-end.njk',
      },
      async () => ({
        ...{ form, plan },
        reasons: endsWithoutConference.map((value) => ({ value, text: endReasons[value] })),
        action: paths.planEnd(address),
        wrongAction: paths.planWrong(address),
        back: paths.plan(address),
      }),
    )
  }
}

const labelled = (code: string | null) => (code ? labelOf('category_of_abuse', code) : undefined)
const isSenior = ({ roles }: Session) => roles.some((role) => ['A-SM', 'A-IRO', 'A-TM'].includes(role))
const told = (line: Line) => ({ ...line, progress: line.progress && progresses[line.progress] })

const sqlPerson = (trx: Parameters<typeof planOf>[0], people: readonly string[]) =>
  trx
    .selectFrom('person')
    .select(['date_of_birth as born', 'died_on as died'])
    .where('id', 'in', [...people])
    .execute()
    .then((rows) => ({ rows }))
