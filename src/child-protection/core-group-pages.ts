import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { notFound } from '../web/errors.ts'
import {
  day,
  type FormView,
  ids,
  optionalChoice,
  optionalDay,
  optionalText,
  parseForm,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, formatDate } from '../web/words.ts'
import { attendersOf, attendersTyped, mostWords, ofChild, optionalTime, passagesOf } from './meeting.ts'
import { addPassages, attendersAt, keepAttenders, passagesAt } from './meeting-store.ts'
import { passagesFor } from './model.ts'
import { paths } from './paths.ts'
import {
  coreGroupsOf,
  holdCoreGroup,
  type Line,
  linesOf,
  membersOf,
  type Plan,
  planInForce,
  planOf,
  progressAt,
} from './plans-store.ts'
import { attenderRows, linesOfForm, passageRows, readerOf } from './showing.ts'
import { type Child, familyFor, idIn, openThem, openToWrite } from './together.ts'
import { agencies, attendances, codesOf, manners, optionsOf, progresses } from './words.ts'

const purpose = 'a core group'
const group = 'F14'
const column = 'core_group_id' as const

const holding = z.object({
  others: ids(),
  on: day('Say on which day it met', { notAfterToday: 'It has not met yet' }),
  at: optionalTime,
  manner: optionalChoice(codesOf(manners)),
  next: optionalDay(),
  who: attendersTyped,
  discussion: optionalText(mostWords),
  family: optionalText(mostWords),
  child: z.record(z.string(), z.object(ofChild)).default({}),
  /** By action. */
  done: z
    .record(
      z.string(),
      z.object({ progress: optionalChoice(codesOf(progresses)), words: optionalText(2000) }),
    )
    .default({}),
})

/** A child of a core group with the plan it carries. */
interface OnPlan {
  readonly child: Child
  readonly plan: Plan
  readonly actions: readonly Line[]
}

/** Core groups: who came, how far each action is, what was said; written once for sisters and brothers on plans. */
export const coreGroupPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.coreGroupNew.pattern, open, async (request, reply) => {
    const { person, plan } = paths.coreGroupNew.read(request)
    const first = await openToWrite(request, reply, person, { group, purpose })
    if (!first) return reply
    const wanted = (request.query as { draft?: string }).draft
    const { draft, members } = await reading(db, sessionOf(request), async (trx) => ({
      draft: wanted ? await draftOf(trx, idIn(wanted)) : undefined,
      members: (await membersOf(trx, idIn(plan))).filter(({ to }) => !to),
    }))
    const family = await familyFor(request, first)
    return show(request, reply, first, {
      draft,
      start: {
        on: 'today',
        manner: 'meeting',
        // Brothers and sisters on a plan meet together, as a rule.
        others: family.children.map(({ id }) => id),
        ...Object.fromEntries(
          members.flatMap((one, n) => [
            [`who[${n}][agency]`, one.agency],
            [`who[${n}][name]`, one.name],
          ]),
        ),
      },
    })
  })

  app.post(paths.coreGroupNew.pattern, open, async (request, reply) => {
    const form = parseForm(holding, request.body)
    const { person } = paths.coreGroupNew.read(request)
    const first = await openToWrite(request, reply, person, { group, purpose })
    if (!first) return reply
    const showAgain = (errors: Record<string, string> = {}) =>
      show(request, reply, first, { again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form })
    if (!form.ok) return showAgain()
    const { value } = form
    const all = await onPlans(request, [person, ...value.others], 'write')
    const own = all.find(({ child }) => first.people.includes(child.id))
    const wrong: Record<string, string> = {}
    if (!own || own.plan.id !== paths.coreGroupNew.read(request).plan)
      wrong.on = 'This plan is not in force any more'
    for (const { plan, child } of all)
      if (value.on <= plan.cp_plan_start_date)
        wrong.on = `${child.name}’s plan began on ${formatDate(plan.cp_plan_start_date)}: a core group meets later`
    if (value.next && value.next <= value.on) wrong.next = 'The next one is later than this one'
    const people = attendersOf(value.who)
    if (!people.some(({ attendance }) => attendance === 'attended'))
      wrong['who[0][attendance]'] = 'Say who came'
    for (const { child } of all)
      if (value.child[child.id]?.said && !child.writable.includes('F28'))
        wrong[`child[${child.id}][said]`] = 'You may not write the child’s own words in a place of their own'
    if (Object.keys(wrong).length > 0) return showAgain(wrong)
    const session = sessionOf(request)
    const children = all.map(({ child }) => child)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const together = randomUUID()
        let made = ''
        for (const { child, plan, actions } of all) {
          const progress = actions.flatMap(({ id }) => {
            const one = value.done[id]
            return one?.progress ? [{ line: id, progress: one.progress, words: one.words }] : []
          })
          const id = await holdCoreGroup(
            trx,
            { ...plan, person_id: child.id },
            { together, on: value.on, at: value.at, manner: value.manner, next: value.next },
            progress,
          )
          if (child === own!.child) made = id
          const of = { column, id }
          await keepAttenders(trx, of, child.id, people)
          const said = {
            ...{
              meeting: 'core-group' as const,
              people,
              discussion: value.discussion,
              familyView: value.family,
            },
            child: value.child,
          }
          await addPassages(trx, of, child.id, passagesOf(said, child, children))
        }
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.coreGroup({ person, group: made })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.coreGroup.pattern, open, (request, reply) => {
    const { person, group: id } = paths.coreGroup.read(request)
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', group, 'F28'], heading: 'Core group' },
        template: 'child-protection/views/core-group.njk',
      },
      async ({ trx, opened }) => {
        const found = (await coreGroupsOf(trx, opened.people)).find((one) => one.id === idIn(id))
        if (!found) throw notFound()
        const reader = readerOf(request)
        const said = (await passagesAt(trx, column, [found.id])).get(found.id) ?? []
        return {
          ...{ coreGroup: found, reader, here: paths.coreGroup({ person, group: id }) },
          manner: found.manner && manners[found.manner as keyof typeof manners],
          attenders: attenderRows((await attendersAt(trx, column, [found.id])).get(found.id) ?? []),
          passages: passageRows(passagesFor(said, reader)),
          progress: (await progressAt(trx, found.id)).map((one) => ({
            ...one,
            progress: progresses[one.progress],
          })),
          planHref: paths.plan({ person, plan: found.child_protection_plan_id }),
        }
      },
    )
  })

  // -------------------------------------------------------------------------------------------------------------------

  /** Those of these children whose record is open and who are on a plan. */
  async function onPlans(
    request: FastifyRequest,
    people: readonly string[],
    action: 'view' | 'write',
  ): Promise<readonly OnPlan[]> {
    const { children } = await openThem(request, people, { purpose, action, group })
    return reading(db, sessionOf(request), async (trx) => {
      const found: OnPlan[] = []
      for (const child of children) {
        const plan = await planInForce(trx, child.people, today())
        if (!plan) continue
        const lines = await linesOf(trx, plan.id)
        found.push({ child, plan, actions: lines.filter(({ part, to }) => part === 'action' && !to) })
      }
      return found
    })
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    first: Opened,
    of: Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView },
  ) {
    const address = paths.coreGroupNew.read(request)
    const page = paths.coreGroupNew(address)
    const family = await familyFor(request, first)
    const all = await onPlans(request, [address.person, ...family.children.map(({ id }) => id)], 'write')
    const drafted = drafting({ form: 'core-group', page, about: [address.person], group, ...of })
    if (drafted.form.summary.length > 0) reply.code(422)
    const plan = await reading(db, sessionOf(request), (trx) => planOf(trx, first.people, idIn(address.plan)))
    if (!plan) throw notFound()
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: ['F09', group], heading: 'Write up a core group' },
        template: 'child-protection/views/core-group-write.njk',
      },
      async () => ({
        ...drafted,
        all,
        agencies: optionsOf(agencies),
        attendances: optionsOf(attendances),
        manners: optionsOf(manners),
        progresses: optionsOf(progresses),
        lines: linesOfForm(drafted.form.values, of.again ? 0 : 2),
        action: page,
        back: paths.plan(address),
      }),
    )
  }
}
