import type { FastifyInstance } from 'fastify'
import { CannotStart } from '../database/cannot-start.ts'
import type { Config } from '../database/config.ts'
import { keptSecret } from '../database/kept-secret.ts'
import { type Directory, type DirectorySettings, directoryAt } from './directory.ts'
import { paths } from './paths.ts'
import { type Sealer, sealerFor } from './sealed.ts'

/** What signing in works with besides the database. */
export interface AccountServices {
  /** Seals the secrets of one-time codes. */
  readonly codes: Sealer
  /** Seals what a browser carries between two steps of signing in. */
  readonly steps: Sealer
  /** Seals what the directory gives to ask again without the person. */
  readonly tokens: Sealer
  /** The authority's own directory, where it has one. */
  readonly directory?: Directory | undefined
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

type Environment = Record<string, string | undefined>

/**
 * Reads CAIRN_ACCOUNT_KEY and CAIRN_DIRECTORY_…; docs/operations.md lists them. An evaluation makes a key and keeps it
 * in its data folder.
 * @throws CannotStart with one line
 */
export async function accountServicesFor(
  config: Config,
  env: Environment = process.env,
): Promise<AccountServices> {
  const settings = directorySettings(config, env)
  return servicesWith(await accountKeys(config, env), settings && directoryAt(settings))
}

/** The same, from keys in hand. */
export const servicesWith = (keys: readonly string[], directory?: Directory): AccountServices => ({
  codes: sealerFor('one-time code', keys),
  steps: sealerFor('sign-in step', keys),
  tokens: sealerFor('directory token', keys),
  directory,
})

/** The first seals, all open: to replace a key, put the new one in front and a comma between. */
async function accountKeys(config: Config, env: Environment): Promise<string[]> {
  const given = env.CAIRN_ACCOUNT_KEY
  if (!given && config.production) {
    throw new CannotStart(
      'NODE_ENV is production and CAIRN_ACCOUNT_KEY is not set: 32 random characters or more. It seals the secrets of one-time codes.',
    )
  }
  const keys = given
    ? given.split(',').map((key) => key.trim())
    : [await keptSecret(config.dataFolder, 'account-key')]
  if (keys.some((key) => key.length < 32))
    throw new CannotStart('CAIRN_ACCOUNT_KEY needs 32 random characters or more in each of its keys.')
  return keys
}

/** The directory, if CAIRN_DIRECTORY_ISSUER names one. @throws CannotStart when something it needs is missing */
export function directorySettings(config: Config, env: Environment): DirectorySettings | undefined {
  const issuer = env.CAIRN_DIRECTORY_ISSUER
  if (!issuer) return undefined
  if (!URL.canParse(issuer) || !/^https?:/.test(issuer))
    throw new CannotStart(`CAIRN_DIRECTORY_ISSUER is not a web address: ${issuer}`)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)
  if (!issuer.startsWith('https:') && (config.production || !local))
    throw new CannotStart('CAIRN_DIRECTORY_ISSUER must begin with https: passwords pass there.')
  const need = (name: string) => {
    const value = env[name]
    if (!value) throw new CannotStart(`CAIRN_DIRECTORY_ISSUER is set but ${name} is not.`)
    return value
  }
  if (!config.publicUrl)
    throw new CannotStart(
      'CAIRN_DIRECTORY_ISSUER is set but CAIRN_PUBLIC_URL is not: the directory sends people back there.',
    )
  return {
    issuer,
    clientId: need('CAIRN_DIRECTORY_CLIENT_ID'),
    clientSecret: need('CAIRN_DIRECTORY_CLIENT_SECRET'),
    redirectUri: new URL(paths.directoryBack(), config.publicUrl).href,
    groupsClaim: env.CAIRN_DIRECTORY_GROUPS_CLAIM || 'groups',
    scope: env.CAIRN_DIRECTORY_SCOPE ?? 'offline_access',
    name: env.CAIRN_DIRECTORY_NAME || `your ${config.authorityName} account`,
  }
}
