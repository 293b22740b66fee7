import type { FastifyPluginAsync } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type CaseloadSort, caseload } from '../people/index-store.ts'
import { rowOf } from '../people/search-pages.ts'
import { housePaths } from '../web/house-paths.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'

const sorts = ['name', 'age', 'worker', 'team'] as const satisfies readonly [CaseloadSort, ...CaseloadSort[]]

const managerRoles: readonly string[] = ['A-TM', 'A-SM']

/** The page of the day: my children, and my teams'. */
export const myWorkPages: FastifyPluginAsync = async (app) => {
  app.get(housePaths.myWork.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { db } = app.deps
    const session = sessionOf(request)
    const list = listState(request, { sorts, perPage: 100 })
    // A manager's own work is the team's, unless they ask for the children allocated to themselves.
    const { of = session.roles.some((role) => managerRoles.includes(role)) ? 'team' : 'me' } =
      request.query as Record<string, unknown>
    const everyone = of === 'team'
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing my work',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const { cards, total } = await reading(db, session, (trx) =>
      caseload(trx, list, { account: session.account.id, everyone }),
    )
    await noteShown(
      db,
      session,
      'caseload',
      cards.map(({ id }) => id),
      request.id,
    )
    return reply.page('casework/views/my-work.njk', {
      title: 'My work',
      people: cards.map(rowOf),
      total,
      list,
      everyone,
    })
  })
}
