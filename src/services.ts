import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { AccountServices } from './access/services.ts'
import { sessionResolver } from './access/sessions.ts'
import { workingDays } from './calendar-metrics.ts'
import type { Vault } from './casework/documents/vault.ts'
import type { Config } from './database/config.ts'
import type { Connection } from './database/connection.ts'
import { keptSecret } from './database/kept-secret.ts'
import { mailSettings } from './notices/mail-settings.ts'
import { version } from './version.ts'
import type { WebConfig } from './web/config.ts'
import type { ServerDeps } from './web/server.ts'

/** Milliseconds within which the database answers, or the service is not ready. */
const mostReady = 5_000

/** What the pages are told about the authority, from the environment. @throws CannotStart where the mail server is named by halves */
export async function webConfigFor(config: Config): Promise<WebConfig> {
  mailSettings()
  return {
    serviceName: config.serviceName,
    authority: { name: config.authorityName, accent: config.accent },
    demonstration: config.database === undefined,
    secret: config.secret ?? (await keptSecret(config.dataFolder)),
    secureCookies: config.publicUrl?.startsWith('https:') ?? config.production,
    trustProxy: config.trustProxy,
    metricsToken: config.metricsToken,
    version,
  }
}

export interface Ingredients {
  config: WebConfig
  db: Connection
  log: Logger
  accounts: AccountServices
  documents: Vault | undefined
}

/** Everything the pages work with, put together. */
export async function servicesFor({
  config,
  db,
  log,
  accounts,
  documents,
}: Ingredients): Promise<ServerDeps> {
  return {
    config,
    db,
    logger: log,
    // A question that hangs is an answer: whoever watches the service must be told in time.
    ready: async () => {
      const late = setTimeout(mostReady, undefined, { ref: false }).then(() => {
        throw new Error('The database does not answer')
      })
      await Promise.race([sql`select 1`.execute(db), late])
    },
    sessions: sessionResolver(db, config),
    accounts,
    documents,
    isWorkingDay: workingDays(db),
  }
}
