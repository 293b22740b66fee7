import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { CannotStart } from './database/cannot-start.ts'
import type { Config, DatabaseUrls } from './database/config.ts'
import { openConnection } from './database/connection.ts'
import { checkFreePort, portTaken } from './database/free-port.ts'
import { openDatabase } from './database/open-database.ts'

export interface Start {
  config: Config
  /** Takes a line for the person at the terminal. */
  say(line: string): void
  log?: Logger
  /** Aborts when somebody wants it to end before it has begun: the step under way is taken back in order. */
  signal?: AbortSignal
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
export async function start({ config, say, log: given, signal, fill }: Start): Promise<Running> {
  let log = given
  const ends: (() => Promise<unknown>)[] = []
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= endInTurn(ends, log)
    return stopping
  }
  // Loaded while the database starts: the one keeps this process busy, the other its server.
  const loading = import('./serving.ts')
  loading.catch(() => undefined)
  try {
    const database = await openDatabase(config, say, () => checkFreePort(config.host, config.port))
    ends.unshift(database.stop)
    // Not before: the data folder is made by whoever takes it.
    log ??= logFor(config)
    if (database.embedded && fill) await untilAborted(fill(database.urls), signal)
    const {
      accountServicesFor,
      buildServer,
      cpIsSettings,
      servicesFor,
      showCalendar,
      showCpIs,
      showOutbox,
      showQueue,
      startJobs,
      vaultFor,
      webConfigFor,
    } = await loading
    signal?.throwIfAborted()
    // Settings that are wrong keep it from starting, rather than be found when a child has to be told of.
    cpIsSettings()
    const db = openConnection({ url: database.urls.app, name: 'cairn web', most: 15 })
    ends.unshift(patiently(() => db.destroy()))
    if (database.urls.jobs) {
      const { jobs: url, read: readUrl } = database.urls
      ends.unshift(patiently(await startJobs({ url, readUrl, log, alone: database.embedded })))
    } else {
      log.info({}, 'DATABASE_JOBS_URL is not set: this process serves pages and does no background work')
    }
    const accounts = await accountServicesFor(config)
    const documents = await vaultFor(config)
    const app = await buildServer(
      await servicesFor({ config: await webConfigFor(config), db, log, accounts, documents }),
    )
    showQueue(app.metrics, db)
    showCalendar(app.metrics, db)
    showOutbox(app.metrics, db)
    showCpIs(app.metrics, db)
    ends.unshift(patiently(() => closePages(app)))
    await listen(app, config)
    log.info({ port: portOf(app) }, 'listening')
    if (database.embedded && fill) {
      const { playTheNhs } = await import('./sharing/cp-is/stand-in/beside.ts')
      ends.unshift(playTheNhs(config))
    }
    return {
      address: addressOf(app, config),
      stop,
      broken: database.ended,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** How long requests and tasks under way may take to finish, in milliseconds, once told to stop. */
const patience = 10_000

/** An end that is waited for no longer than patience allows; what is still under way then loses its database. */
const patiently = (end: () => Promise<unknown>) => () =>
  Promise.race([end(), wait(patience, undefined, { ref: false })])

/** Last started, first ended; one that fails does not keep the others from ending. */
async function endInTurn(ends: (() => Promise<unknown>)[], log: Logger | undefined): Promise<void> {
  for (const end of ends.splice(0)) {
    await end().catch((error: { name?: string }) =>
      log?.error({ kind: error?.name }, 'could not stop something'),
    )
  }
}

/** Waits for long work, but not longer than somebody wants it. */
async function untilAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  // The work may fail later, when its database is gone under it.
  work.catch(() => undefined)
  const abort = new Promise<void>((done) => signal?.addEventListener('abort', () => done(), { once: true }))
  await Promise.race([work, abort])
}

/** Takes no new request, and finishes those under way. */
async function closePages(app: FastifyInstance): Promise<void> {
  // A connection that is kept alive after its last answer would be waited for.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  await app.close().finally(() => clearInterval(sweep))
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
  const file = pino.destination({ dest: `${config.dataFolder}/cairn.log`, sync: true, mode: 0o600 })
  // A disk that is full keeps nobody from working.
  file.on('error', () => undefined)
  return pino(options, file)
}
