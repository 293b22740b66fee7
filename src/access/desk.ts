import type { FastifyInstance } from 'fastify'
import { demonstrationAccounts } from './demonstration.ts'
import { accountsOf } from './services.ts'
import type { Desk } from './sign-in.ts'

/** What proving who somebody is works with, from the server's own parts. */
export function deskOf(app: FastifyInstance): Desk {
  const { db, config, now = () => new Date() } = app.deps
  return {
    db,
    accounts: accountsOf(app),
    now,
    codeIsAsked: async (account) =>
      !config.demonstration || !(await demonstrationAccounts(db)).some(({ id }) => id === account),
  }
}
