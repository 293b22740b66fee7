import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { CannotStart } from './database/cannot-start.ts'
import type { Config, DatabaseUrls } from './database/config.ts'
import { openConnection } from './database/connection.ts'
import { checkFreePort, portTaken } from './database/free-port.ts'
import { openDatabase } from './database/open-database.ts'
import { startJobs } from './jobs.ts'
import { servicesFor, webConfigFor } from './services.ts'
import { buildServer } from './web/server.ts'

export interface Start {
  config: Config
  /** Takes a line for the person at the terminal. */
  say(line: string): void
  log?: Logger
  /** Called with an embedded database before anyone is served: the demonstration. */
  fill?(urls: DatabaseUrls): Promise<void>
}

export interface Running {
  /** Where it answers, as a browser types it. */
  address: string
  /** Ends everything in order. Never fails; safe to call twice. */
  stop(): Promise<void>
  /** Resolves with a line when something that Cairn stands on has ended by itself. */
  broken: Promise<string>
}

/**
 * config -> database -> jobs -> web.
 * @throws CannotStart with one line; everything started until then has been stopped
 */
export async function start({ config, say, log = logFor(config), fill }: Start): Promise<Running> {
  const ends: (() => Promise<unknown>)[] = []
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= endInTurn(ends, log)
    return stopping
  }
  try {
    await checkFreePort(config.host, config.port)
    const database = await openDatabase(config, say)
    ends.unshift(database.stop)
    if (database.embedded) await fill?.(database.urls)
    const db = openConnection({ url: database.urls.app, name: 'cairn web', most: 15 })
    ends.unshift(() => db.destroy())
    const read = database.urls.read
      ? openConnection({ url: database.urls.read, name: 'cairn web reading', most: 5 })
      : db
    if (read !== db) ends.unshift(() => read.destroy())
    if (database.urls.jobs) {
      ends.unshift(
        await startJobs({
          url: database.urls.jobs,
          readUrl: database.urls.read,
          log,
          alone: database.embedded,
        }),
      )
    } else {
      log.info({}, 'DATABASE_JOBS_URL is not set: this process serves pages and does no background work')
    }
    const app = await buildServer(await servicesFor({ config: await webConfigFor(config), db, read, log }))
    ends.unshift(() => app.close())
    await listen(app, config)
    log.info({ port: portOf(app) }, 'listening')
    return {
      address: addressOf(app, config),
      stop,
      broken: database.ended.then(
        () => 'The database server ended by itself. Start Cairn again; what was saved is safe.',
      ),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Last started, first ended; one that fails does not keep the others from ending. */
async function endInTurn(ends: (() => Promise<unknown>)[], log: Logger): Promise<void> {
  for (const end of ends.splice(0)) {
    await end().catch((error: { name?: string }) =>
      log.error({ kind: error?.name }, 'could not stop something'),
    )
  }
}

async function listen(app: FastifyInstance, config: Config): Promise<void> {
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES') throw portTaken(code, config.port)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new CannotStart(`HOST is not an address of this machine: ${config.host}`)
    }
    throw error
  }
}

const portOf = (app: FastifyInstance) => (app.server.address() as AddressInfo).port

function addressOf(app: FastifyInstance, config: Config): string {
  if (config.publicUrl) return config.publicUrl
  const everywhere = ['0.0.0.0', '::', '127.0.0.1'].includes(config.host)
  return `http://${everywhere ? 'localhost' : config.host}:${portOf(app)}`
}

/**
 * Lines for programs, without personal data: to standard output in production, to a file of the data folder in an
 * evaluation, where a person reads the terminal.
 */
export function logFor(config: Config): Logger {
  const options = { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (config.production || config.database) return pino(options)
  return pino(
    options,
    pino.destination({ dest: `${config.dataFolder}/cairn.log`, mkdir: true, sync: true, mode: 0o600 }),
  )
}
