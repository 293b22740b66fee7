import { stringify } from 'csv-stringify/sync'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { noteOnTrail, noteShown, openList } from '../access/opening.ts'
import { paths as accessPaths } from '../access/paths.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { standings } from '../casework/caseload-store.ts'
import { driftOf } from '../casework/drift.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { waitingFor } from '../casework/sign-off/store.ts'
import { rowOf } from '../people/matching.ts'
import { notFound } from '../web/errors.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, yearsOld } from '../web/words.ts'
import { byWorker, weightOf } from './glance.ts'
import { awaySoon, dueOfEach, initialsOfEach } from './glance-store.ts'
import { paths } from './paths.ts'
import { supervisionDue } from './supervision.ts'
import { myWorkers } from './supervision-store.ts'

const managers = { roles: ['A-TM', 'A-SM'] } as const
/** Days before somebody leaves in which their children should find somebody else. */
const leavingSoon = 28

/** A team as its manager sees it: who has how much, what is late, what nobody looks at, who is away. */
export const glancePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const managing = { config: { access: managers } } as const

  /** Every child of the opened list with what is due and what has drifted. */
  async function read(request: FastifyRequest, purpose: string) {
    const session = sessionOf(request)
    const on = { today: dayOf(now()), now: now() }
    const opened = await openList(db, session, 'caseload', { purpose, correlation: request.id })
    if (!opened.allowed) throw refusalOf(opened)
    const found = await reading(db, session, async (trx) => {
      const dues = await dueOfEach(trx, on)
      const initials = await initialsOfEach(trx)
      const children = (await standings(trx, on.today)).map((child) => ({
        ...child,
        ...(dues.get(child.id) ?? { late: 0, soon: 0 }),
        drift: driftOf(child, on.today),
        weight: weightOf(child.badges),
        initials: initials.get(child.id) ?? '',
      }))
      return {
        children,
        waiting: await waitingFor(trx),
        workers: await myWorkers(trx),
        away: await awaySoon(trx, on.today),
      }
    })
    return { ...found, today: on.today }
  }

  app.get(paths.glance.pattern, managing, async (request, reply) => {
    const { children, waiting, workers, away, today } = await read(request, 'the team at a glance')
    const facts = new Map(workers.map((one) => [one.account, one]))
    const rows = byWorker(children).map((row) => {
      const worker = row.workerId ? facts.get(row.workerId) : undefined
      const due = worker && supervisionDue(worker.lastOn, worker.nextOn)
      const leaves =
        worker?.leavesOn && worker.leavesOn <= addDays(today, leavingSoon) ? worker.leavesOn : undefined
      return {
        ...row,
        href: row.workerId ? paths.workerAtGlance({ account: row.workerId }) : undefined,
        toSign: waiting.filter(({ act, by }) => act === 'submitted' && by === row.worker).length,
        supervision: worker && { due, late: due === undefined || due < today },
        leaves,
        handOverHref: leaves && row.workerId ? paths.transferNew({ from: row.workerId }) : undefined,
        away: away.find(({ account, from, to }) => account === row.workerId && from <= today && to >= today),
      }
    })
    const total = (key: 'children' | 'weight' | 'soon' | 'late' | 'drifted' | 'toSign') =>
      rows.reduce((sum, row) => sum + row[key], 0)
    return reply.page('team/views/glance.njk', {
      title: 'The team at a glance',
      rows,
      totals: {
        children: total('children'),
        weight: total('weight'),
        soon: total('soon'),
        late: total('late'),
        drifted: total('drifted'),
      },
      away,
      toSign: waiting.filter(({ act }) => act === 'submitted').length,
      free: workers.filter(({ account }) => !children.some(({ workerId }) => workerId === account)),
      links: {
        unallocated: caseworkPaths.allocate(),
        unsigned: caseworkPaths.toSign(),
        drift: housePaths.myWork({ of: 'drift' }),
        late: caseworkPaths.due({ of: 'team', which: 'late' }),
        cover: accessPaths.cover(),
      },
    })
  })

  app.get(paths.workerAtGlance.pattern, managing, async (request, reply) => {
    const session = sessionOf(request)
    const { account } = paths.workerAtGlance.read(request)
    const { children, workers } = await read(request, 'the caseload of a worker')
    const own = children.filter(({ workerId }) => workerId === account)
    const name = own[0]?.worker ?? workers.find((one) => one.account === account)?.name
    if (!name) throw notFound()
    await noteShown(
      db,
      session,
      'caseload',
      own.map(({ id }) => id),
      request.id,
    )
    return reply.page('team/views/worker.njk', {
      title: `Children of ${name}`,
      children: own.map((child) => ({
        ...rowOf(child),
        seen: child.seen,
        alone: child.alone,
        late: child.late,
        soon: child.soon,
        drift: child.drift,
        weight: child.weight,
        overseenOn: child.overseenOn,
        dueHref: caseworkPaths.dueOfChild({ person: child.id }),
      })),
      handOverHref: paths.transferNew({ from: account }),
      superviseHref: workers.some((one) => one.account === account)
        ? paths.supervisionNew({ of: account })
        : undefined,
    })
  })

  app.get(paths.glanceFile.pattern, managing, async (request, reply) => {
    const session = sessionOf(request)
    const { children, today } = await read(request, 'figures of the team')
    await noteShown(
      db,
      session,
      'caseload',
      children.map(({ id }) => id),
      request.id,
    )
    await noteOnTrail(db, session, 'export', {
      purpose: 'figures of the team',
      details: { resultCount: children.length, names: false },
    })
    const rows = children.map((child) => ({
      reference: child.reference,
      initials: child.initials,
      age: child.born ? yearsOld(child.born, today) : '',
      status: child.badges.join(' '),
      worker: child.worker ?? '',
      team: child.team ?? '',
      weight: child.weight,
      due_soon: child.soon,
      late: child.late,
      last_seen: child.seen ?? '',
      last_seen_alone: child.alone ?? '',
      management_oversight: child.overseenOn ?? '',
      drift: child.drift.length,
    }))
    // A cell that a spreadsheet would take for a formula is told to be text.
    const file = stringify(rows, { header: true, bom: true, escape_formulas: true })
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="team-${today}.csv"`)
      .send(file)
  })
}
