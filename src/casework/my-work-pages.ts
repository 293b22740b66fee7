import type { FastifyPluginAsync } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type CaseloadSort, caseload } from '../people/index-store.ts'
import { rowOf } from '../people/matching.ts'
import { asked } from '../people/remarks.ts'
import { housePaths } from '../web/house-paths.ts'
import { listState } from '../web/list.ts'
import type { Onlooker } from '../web/onlooker.ts'
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
    const onlookers = asked(app.onlookers, session.roles)
    const { cards, total, remarks } = await reading(db, session, async (trx) => {
      const found = await caseload(trx, list, { account: session.account.id, everyone })
      const shown = found.cards.map(({ id }) => id)
      return { ...found, remarks: await remarksOn(trx, onlookers, shown) }
    })
    await noteShown(
      db,
      session,
      'caseload',
      cards.map(({ id }) => id),
      request.id,
    )
    return reply.page('casework/views/my-work.njk', {
      title: 'My work',
      people: cards.map((card) => ({ ...rowOf(card), remarks: remarks.get(card.id) })),
      remarked: onlookers.length > 0,
      total,
      list,
      everyone,
    })
  })
}

/** What onlookers have to say of each person of the list: how much, and where it stands. */
async function remarksOn(
  trx: Parameters<Onlooker['counts']>[0],
  onlookers: readonly Onlooker[],
  people: readonly string[],
) {
  const remarks = new Map<string, { count: number; href: string }>()
  for (const onlooker of onlookers)
    for (const [person, count] of await onlooker.counts(trx, people))
      remarks.set(person, { count: count + (remarks.get(person)?.count ?? 0), href: onlooker.part(person) })
  return remarks
}
