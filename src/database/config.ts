import { resolve } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** Addresses of one authority's database, one for each role. Only what a process needs is given to it. */
export interface DatabaseUrls {
  /** For the pages. */
  app: string
  /** For migrating; no serving process needs it. */
  owner?: string | undefined
  /** For background work; a process without it serves pages only. */
  jobs?: string | undefined
  /** For the analyst's own tools. */
  analyst?: string | undefined
  /** A hot standby for background work that reads much, as its role; the primary when absent. */
  read?: string | undefined
}

export interface Config {
  /** NODE_ENV=production: never installs, never embeds a database, never invents people or secrets. */
  production: boolean
  /** Where the embedded database, its passwords and the keys of an evaluation live. */
  dataFolder: string
  /** Absent: the embedded server. */
  database: DatabaseUrls | undefined
  host: string
  port: number
  /** Signs form tokens; the same for every process. Absent in an evaluation: one is made and kept. */
  secret: string | undefined
  authorityName: string
  serviceName: string
  accent: string
  /** How browsers reach the service, when a proxy stands in front: decides secure cookies. */
  publicUrl: string | undefined
  trustProxy: boolean | string[]
  metricsToken: string | undefined
  logLevel: string
}

type Environment = Record<string, string | undefined>

/**
 * Reads the environment. docs/operations.md lists the variables.
 * @throws CannotStart with one line that names the variable
 */
export function readConfig(env: Environment = process.env): Config {
  const production = env.NODE_ENV === 'production'
  const config: Config = {
    production,
    dataFolder: resolve(env.CAIRN_DATA || 'var'),
    database: readUrls(env),
    host: env.HOST || (production ? '0.0.0.0' : '127.0.0.1'),
    port: readPort(env.PORT),
    secret: env.CAIRN_SECRET || undefined,
    authorityName: env.CAIRN_AUTHORITY || 'Fellshire',
    serviceName: env.CAIRN_SERVICE || 'Cairn',
    accent: env.CAIRN_ACCENT || '#1d4f91',
    publicUrl: readAddress(env, 'CAIRN_PUBLIC_URL'),
    trustProxy: env.CAIRN_TRUST_PROXY ? env.CAIRN_TRUST_PROXY.split(',').map((part) => part.trim()) : false,
    metricsToken: env.CAIRN_METRICS_TOKEN || undefined,
    logLevel: env.LOG_LEVEL || 'info',
  }
  if (production && !config.database) {
    throw new CannotStart(
      'NODE_ENV is production and DATABASE_URL is not set: in production Cairn uses a PostgreSQL server of your own.',
    )
  }
  if (config.secret !== undefined && config.secret.length < 32) {
    throw new CannotStart('CAIRN_SECRET needs 32 random characters or more.')
  }
  if (production && !config.secret) {
    throw new CannotStart('NODE_ENV is production and CAIRN_SECRET is not set: 32 random characters or more.')
  }
  return config
}

function readUrls(env: Environment): DatabaseUrls | undefined {
  const app = readUrl(env, 'DATABASE_URL')
  const companions = [
    'DATABASE_OWNER_URL',
    'DATABASE_JOBS_URL',
    'DATABASE_ANALYST_URL',
    'DATABASE_READ_URL',
  ] as const
  const [owner, jobs, analyst, read] = companions.map((name) => readUrl(env, name))
  if (app) return { app, owner, jobs, analyst, read }
  const alone = companions.find((name) => env[name])
  if (alone) throw new CannotStart(`${alone} is set but DATABASE_URL is not.`)
  return undefined
}

function readUrl(env: Environment, name: string): string | undefined {
  const value = env[name]
  if (!value) return undefined
  // The value holds a password: it is never repeated.
  if (!/^postgres(ql)?:\/\/./.test(value) || !URL.canParse(value.replace(/^postgres(ql)?:/, 'http:'))) {
    throw new CannotStart(
      `${name} is not an address of a database: postgres://user:password@host:5432/database`,
    )
  }
  return value
}

function readAddress(env: Environment, name: string): string | undefined {
  const value = env[name]
  if (!value) return undefined
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new CannotStart(`${name} is not a web address: ${value}`)
  }
  return value
}

function readPort(text: string | undefined): number {
  if (!text) return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CannotStart(`PORT is not a number of a port: ${text}`)
  }
  return port
}
