import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { reading, writing } from '../../access/reading.ts'
import { notFound } from '../../web/errors.ts'
import { blankForm, type FormView } from '../../web/form.ts'
import { listState } from '../../web/list.ts'
import { once } from '../../web/once.ts'
import { localAddress } from '../../web/paths.ts'
import { sessionOf } from '../../web/session.ts'
import { dayOf } from '../../web/words.ts'
import { analysts } from '../menu.ts'
import { chosenOf, isId, mustFind, oneOf } from './asked.ts'
import { downloadPages } from './download-pages.ts'
import { paths } from './paths.ts'
import { byChild, foundRules, notInRecord, optionsOf, shownFinding, tablesWithMarks } from './presenting.ts'
import { receive } from './receive.ts'
import { recordPages } from './record-pages.ts'
import {
  askCheck,
  type CheckRun,
  childOf,
  childrenOf,
  dismissCheck,
  enqueueCheck,
  findingsOf,
  findingsOfChild,
  listChecks,
  type Transaction,
  teamsOf,
  tick,
  tickedByRule,
} from './store.ts'
import { keptHours } from './tasks.ts'
import { checkName, progressOf, returnWords, stateWords, yearsToChoose } from './words.ts'

const views = ['rules', 'children', 'findings', 'not-run'] as const

/** More findings than anybody carries to a team on paper. */
const mostPrinted = 2000

/** Checks of uploaded returns: asking for one, watching it, and what came of it. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: analysts } } as const
  await app.register(downloadPages)
  await app.register(recordPages)

  app.get(paths.runs.pattern, open, async (request, reply) => {
    const runs = await reading(db, sessionOf(request), listChecks)
    return reply.page('returns/checking/views/runs.njk', {
      title: 'Check a return',
      keptHours,
      runs: runs.map((run) => ({ ...run, name: checkName(run), stateWords: stateWords[run.state] })),
    })
  })

  const showAsking = (reply: FastifyReply, form: FormView) => {
    const data = {
      title: 'Check a return',
      width: 'writing' as const,
      form,
      keptHours,
      kinds: Object.entries(returnWords).map(([value, text]) => ({ value, text })),
      years: yearsToChoose(dayOf(now())).map((value) => ({ value, text: value })),
    }
    const view = 'returns/checking/views/begin.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.begin.pattern, open, (_request, reply) => showAsking(reply, blankForm()))

  app.post(paths.runs.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const came = await receive(request)
    if ('form' in came) return showAsking(reply, came.form)
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, { once: came.once }, session.account.id, async () => {
          const check = await askCheck(trx, session.secret, came.asked)
          await came.upload.giveTo(check)
          await enqueueCheck(trx, check)
          return paths.run({ check })
        }),
      )
      return reply.redirect(next, 303)
    } finally {
      await came.upload.discard()
    }
  })

  app.get(paths.run.pattern, open, async (request, reply) => {
    const view = viewOf(request)
    const list = listState(request, { sorts: ['place'], perPage: 50 })
    const page = await reading(db, sessionOf(request), async (trx) => {
      const run = await mustFind(trx, paths.run.read(request).check)
      return { run, data: run.state === 'finished' ? await dataOf(trx, run, view, request, list) : {} }
    })
    const { run } = page
    const data = { title: checkName(run), run, progress: progressOf(run), keptHours }
    if (run.state === 'waiting' || run.state === 'checking')
      return reply.page('returns/checking/views/under-way.njk', { ...data, width: 'writing' })
    const tabs = views.map((one) => ({
      text: {
        rules: 'By rule',
        children: 'By child',
        findings: 'Findings',
        'not-run': 'Not run, and warnings',
      }[one],
      href: paths.run({ check: run.id }, { view: one }),
      current: one === view,
      count: { rules: undefined, children: run.children_found, findings: run.findings, 'not-run': undefined }[
        one
      ],
    }))
    return reply.page('returns/checking/views/run.njk', { ...data, view, tabs, list, ...page.data })
  })

  async function dataOf(
    trx: Transaction,
    run: CheckRun,
    view: (typeof views)[number],
    request: FastifyRequest,
    list: { perPage: number; offset: number },
  ) {
    if (view === 'rules') {
      const ticked = await tickedByRule(trx, run.id)
      return { rules: foundRules(run).map((rule) => ({ ...rule, ticked: ticked.get(rule.code) ?? 0 })) }
    }
    const within = { limit: list.perPage, offset: list.offset }
    if (view === 'children') return { children: await childrenOf(trx, run.id, within) }
    if (view === 'not-run') return {}
    const chosen = chosenOf(request)
    const { findings, total } = await findingsOf(trx, run.id, chosen, within)
    return {
      chosen,
      total,
      form: blankForm(),
      findings: findings.map((one) => shownFinding(run, one)),
      options: await optionsOf(trx, run),
    }
  }

  app.get(paths.progress.pattern, open, async (request, reply) => {
    const run = await reading(db, sessionOf(request), (trx) =>
      mustFind(trx, paths.progress.read(request).check),
    )
    return reply.fragment('returns/checking/views/progress.njk', { progress: progressOf(run) })
  })

  app.get(paths.child.pattern, open, async (request, reply) => {
    const { check, place } = paths.child.read(request)
    const { run, child, findings } = await reading(db, sessionOf(request), async (trx) => {
      const found = await mustFind(trx, check)
      const one = /^\d{1,8}$/.test(place) ? await childOf(trx, found.id, Number(place)) : undefined
      if (one === undefined) throw notFound()
      return { run: found, child: one, findings: await findingsOfChild(trx, found.id, one.place) }
    })
    const shown = findings.map((one) => shownFinding(run, one))
    return reply.page('returns/checking/views/child.njk', {
      title: child.child === null ? 'The return as a whole' : 'One child of the return',
      run,
      name: checkName(run),
      child,
      form: blankForm(),
      findings: shown,
      tables: tablesWithMarks(run, child.rows, shown),
    })
  })

  app.post(paths.tick.pattern, open, async (request, reply) => {
    const { check } = paths.tick.read(request)
    const body = request.body as Record<string, unknown>
    await writing(db, sessionOf(request), async (trx) => {
      const run = await mustFind(trx, check)
      await tick(trx, run.id, numbers(body.shown), numbers(body.ticked))
    })
    const back = localAddress(typeof body.back === 'string' ? body.back : undefined)
    return reply.redirect(back === '/' ? paths.run({ check }) : back, 303)
  })

  app.get(paths.teams.pattern, open, async (request, reply) => {
    const { check } = paths.teams.read(request)
    const team = oneOf(request, 'team')
    const page = await reading(db, sessionOf(request), async (trx) => {
      const run = await mustFind(trx, check)
      const teams = await teamsOf(trx, run.id)
      const one = teams.find(({ team_id }) => (team_id ?? 'none') === team)
      if (team !== undefined && one === undefined) throw notFound()
      const chosen = { team, ticked: 'no' } as const
      const found =
        team === undefined
          ? undefined
          : await findingsOf(trx, run.id, chosen, { limit: mostPrinted, offset: 0 })
      return { run, teams, one, found }
    })
    const { run, teams, one, found } = page
    return reply.page('returns/checking/views/teams.njk', {
      title: one === undefined ? 'A list for each team' : (one.team ?? notInRecord),
      run,
      name: checkName(run),
      teams: teams.map((each) => ({ ...each, team: each.team ?? notInRecord, key: each.team_id ?? 'none' })),
      one,
      total: found?.total,
      children: byChild(found?.findings.map((finding) => shownFinding(run, finding)) ?? []),
    })
  })

  app.post(paths.dismiss.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const { check } = paths.dismiss.read(request)
    if (!isId(check)) throw notFound()
    await writing(db, session, (trx) => dismissCheck(trx, session.secret, check))
    return reply.redirect(paths.runs(), 303)
  })
}

function viewOf(request: FastifyRequest): (typeof views)[number] {
  const asked = oneOf(request, 'view')
  return views.find((view) => view === asked) ?? 'rules'
}

const numbers = (value: unknown): number[] =>
  [value ?? []]
    .flat()
    .filter((one): one is string => typeof one === 'string' && /^\d{1,8}$/.test(one))
    .map(Number)
