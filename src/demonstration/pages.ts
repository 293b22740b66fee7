import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import { demonstrationAccounts, demonstrationPassword } from '../access/demonstration.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { housePaths } from '../web/house-paths.ts'
import type { Day } from '../web/words.ts'
import { paths } from './paths.ts'
import { setPieces } from './set-pieces.ts'

/** The set pieces, for whoever shows a demonstration: what each tells, and whose eyes to see it with. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db, config } = app.deps
  if (!config.demonstration) return

  app.get(paths.setPieces.pattern, { config: { access: 'signed-in' } }, async (_request, reply) => {
    const { rows } = await sql<{ name: string; person: string }>`
      select name, person_id as person from access.demonstration_pieces()`.execute(db)
    const people = new Map(rows.map(({ name, person }) => [name, person]))
    const accounts = new Map((await demonstrationAccounts(db)).map((account) => [account.name, account]))
    const { rows: filled } = await sql<{ children: number; seed: number; asAt: Day }>`
      select children, seed, as_at as "asAt" from access.demonstration_filled()`.execute(db)
    return reply.page('demonstration/views/set-pieces.njk', {
      title: 'What there is to see',
      filled: filled[0],
      password: demonstrationPassword,
      pieces: setPieces.flatMap(({ name, title, tells, steps }) => {
        const person = people.get(name)
        if (!person) return []
        const record = peoplePaths.record({ person })
        return [
          {
            ...{ name, title, tells },
            steps: steps.flatMap(({ as, see, search }) => {
              const account = accounts.get(as)
              const then = search === undefined ? record : housePaths.search({ q: search })
              return account ? [{ see, account, action: housePaths.signIn({ then }) }] : []
            }),
          },
        ]
      }),
    })
  })
}
