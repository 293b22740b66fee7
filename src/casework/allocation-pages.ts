import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noteShown, openList, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { calledOf } from '../people/model.ts'
import { blankForm, choice, day, type FormView, ids, parseForm, text, withErrors } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { paths } from './paths.ts'
import {
  allocate,
  openBadges,
  type Taker,
  takers,
  type Unallocated,
  unallocated,
  type Wanted,
} from './unallocated-store.ts'

const managers = { roles: ['A-TM', 'A-SM'] } as const

/** More than a manager should give away without looking again. */
const mostAtOnce = 1000

const giving = z
  .object({
    to: text('Choose who takes the children', 100),
    from: day('Say from which day'),
    which: choice(['ticked', 'all'], 'Choose which children'),
    child: ids(),
  })
  .refine(({ which, child }) => which === 'all' || child.length > 0, {
    message: 'Tick the children, or choose all of them',
    path: ['which'],
  })

const help: Record<Wanted['help'], string> = {
  open: 'Any help under way',
  'child-protection': 'Child protection',
  'looked-after': 'Looked after',
  'child-in-need': 'Child in need',
  'care-leaver': 'Care leaver',
  unborn: 'Unborn',
  any: 'Everybody, also where help is over',
}

/** Children who belong to no worker, as after an import: given to workers or teams, many at a time. */
export const allocationPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: managers } } as const

  app.get(paths.allocate.pattern, open, (request, reply) =>
    show(request, reply, blankForm({ from: 'today', which: 'ticked' })),
  )

  app.post(paths.allocate.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(giving, request.body)
    if (!form.ok) return show(request, reply, form)
    const given = takerOf(await reading(db, session, takers), form.value.to)
    if (!given) return show(request, reply, withErrors(form, { to: 'Choose who takes the children' }))
    const children = form.value.which === 'ticked' ? form.value.child : await everyone(request)
    const purpose = 'allocation'
    const answers = await openRecords(db, session, children, {
      purpose,
      groups: ['F26'],
      action: 'write',
      correlation: request.id,
    })
    const may = answers.flatMap((answer) => (answer.allowed ? [answer.person] : []))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await allocate(trx, may, { ...given, from: form.value.from })
        const told = { given: String(may.length), kept: String(children.length - may.length) }
        return paths.allocate({ ...queryOf(request), ...told })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function openThem(request: FastifyRequest): Promise<void> {
    const opened = await openList(db, sessionOf(request), 'unallocated', {
      purpose: 'allocation',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
  }

  async function everyone(request: FastifyRequest): Promise<string[]> {
    await openThem(request)
    const { children } = await reading(db, sessionOf(request), (trx) =>
      unallocated(trx, wantedOf(request), mostAtOnce, 0),
    )
    return children.map(({ id }) => id)
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const list = listState(request, { sorts: ['risk'], perPage: 100 })
    await openThem(request)
    const { children, total, workers } = await reading(db, session, async (trx) => ({
      ...(await unallocated(trx, wantedOf(request), list.perPage, list.offset)),
      workers: await takers(trx),
    }))
    await noteShown(
      db,
      session,
      'unallocated',
      children.map(({ id }) => id),
      request.id,
    )
    const { given, kept } = request.query as Record<string, string | undefined>
    const ticked = [form.values.child ?? []].flat()
    const data = {
      title: 'Allocate children',
      form,
      list,
      total,
      children: children.map((child) => ({
        ...child,
        called: calledOf(child as Unallocated),
        ticked: ticked.includes(child.id),
      })),
      takers: optionsOf(workers),
      wanted: wantedOf(request),
      helps: Object.entries(help).map(([value, words]) => ({ value, text: words })),
      action: paths.allocate(queryOf(request)),
      most: Math.min(total, mostAtOnce),
      given: Number(given) || 0,
      kept: Number(kept) || 0,
    }
    const view = 'casework/views/allocate.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }
}

function wantedOf(request: FastifyRequest): Wanted {
  const { help: asked, area } = request.query as Record<string, string | undefined>
  const found = (['open', 'any', ...openBadges] as const).find((one) => one === asked)
  return { help: found ?? 'open', area: area?.trim() || undefined }
}

/** The filter, to be kept on the way. */
function queryOf(request: FastifyRequest): Record<string, string> {
  const { help: asked, area } = wantedOf(request)
  return { ...(asked === 'open' ? {} : { help: asked }), ...(area ? { area } : {}) }
}

/** What a choice of a worker, or of a team alone, is called in a form. */
export const keyOf = ({ account, team }: { account: string | null; team: string }) =>
  `${account ?? 'team'} ${team}`

/** Each team, and its workers under it. */
export function optionsOf(workers: readonly Taker[]): { value: string; text: string }[] {
  return workers.flatMap((worker, i) => {
    const options = [{ value: keyOf(worker), text: `${worker.teamName}: ${worker.name}` }]
    if (workers[i - 1]?.team !== worker.team)
      options.unshift({
        value: keyOf({ account: null, team: worker.team }),
        text: `${worker.teamName}: no worker yet`,
      })
    return options
  })
}

/** Who a form’s choice names; undefined for what it did not offer. */
export function takerOf(
  workers: readonly Taker[],
  key: string,
): { account: string | null; team: string } | undefined {
  return workers
    .flatMap(({ account, team }) => [
      { account, team },
      { account: null, team },
    ])
    .find((one) => keyOf(one) === key)
}
