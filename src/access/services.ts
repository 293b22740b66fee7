import type { FastifyInstance } from 'fastify'
import { CannotStart } from '../database/cannot-start.ts'
import type { Config } from '../database/config.ts'
import { keptSecret } from '../database/kept-secret.ts'
import { type Sealer, sealerFor } from './sealed.ts'

/** What signing in works with besides the database. */
export interface AccountServices {
  /** Seals the secrets of one-time codes. */
  readonly codes: Sealer
  /** Seals what a browser carries between two steps of signing in. */
  readonly steps: Sealer
}

declare module '../web/server.ts' {
  interface ServerDeps {
    readonly accounts?: AccountServices
  }
}

/** @throws when the server was built without them (a house for tests of pages alone) */
export function accountsOf(app: FastifyInstance): AccountServices {
  if (!app.deps.accounts) throw new Error('This server was built without account services')
  return app.deps.accounts
}

/**
 * Reads CAIRN_ACCOUNT_KEY: 32 random characters or more; to replace it, put the new one in front and a comma between.
 * An evaluation makes one and keeps it in its data folder.
 * @throws CannotStart with one line
 */
export async function accountServicesFor(
  config: Config,
  env: Record<string, string | undefined> = process.env,
): Promise<AccountServices> {
  const given = env.CAIRN_ACCOUNT_KEY
  if (!given && config.production) {
    throw new CannotStart(
      'NODE_ENV is production and CAIRN_ACCOUNT_KEY is not set: 32 random characters or more. It seals the secrets of one-time codes.',
    )
  }
  const keys = given
    ? given.split(',').map((key) => key.trim())
    : [await keptSecret(config.dataFolder, 'account-key')]
  if (keys.some((key) => key.length < 32)) {
    throw new CannotStart('CAIRN_ACCOUNT_KEY needs 32 random characters or more in each of its keys.')
  }
  return servicesWith(keys)
}

/** The same, from keys in hand. */
export const servicesWith = (keys: readonly string[]): AccountServices => ({
  codes: sealerFor('one-time code', keys),
  steps: sealerFor('sign-in step', keys),
})
