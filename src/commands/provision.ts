import type { Command } from 'commander'
import { CannotStart } from '../database/cannot-start.ts'
import { withClient } from '../database/connection-roles.ts'
import {
  newPasswords,
  provisionDatabase,
  provisionRoles,
  provisionSchemas,
  roleKinds,
  roleName,
} from '../database/provision.ts'

interface Wishes {
  prefix: string
  database: string
  json?: boolean
}

const variables = {
  owner: 'DATABASE_OWNER_URL',
  app: 'DATABASE_URL',
  jobs: 'DATABASE_JOBS_URL',
  analyst: 'DATABASE_ANALYST_URL',
}

/**
 * `cairn provision`: the four roles and the database, on a server of the authority's own. The superuser's address is
 * read from DATABASE_SUPERUSER_URL, used once and kept nowhere. Run again, it gives the roles new passwords.
 */
export function define(command: Command): void {
  command
    .requiredOption('--prefix <name>', 'what the roles’ names begin with, such as cairn_fellshire')
    .requiredOption('--database <name>', 'the database to make, such as cairn_fellshire')
    .option('--json', 'for programs')
    .action(async ({ prefix, database, json }: Wishes) => {
      const url = process.env.DATABASE_SUPERUSER_URL
      if (!url)
        throw new CannotStart('DATABASE_SUPERUSER_URL is not set: making roles needs a superuser once.')
      const passwords = newPasswords()
      await withClient(url, 'DATABASE_SUPERUSER_URL', async (client) => {
        await provisionRoles(client, prefix, passwords)
        await provisionDatabase(client, prefix, database)
      })
      const there = new URL(url)
      there.pathname = `/${database}`
      await withClient(there.href, 'DATABASE_SUPERUSER_URL', (client) => provisionSchemas(client, prefix))
      const made = Object.fromEntries(
        roleKinds.map((kind) => {
          const address = new URL(there)
          address.username = roleName(prefix, kind)
          address.password = passwords[kind]
          return [variables[kind], address.href]
        }),
      )
      if (json) process.stdout.write(`${JSON.stringify(made)}\n`)
      else for (const [name, address] of Object.entries(made)) process.stdout.write(`${name}=${address}\n`)
    })
}
