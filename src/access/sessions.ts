import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { WebConfig } from '../web/config.ts'
import { housePaths } from '../web/house-paths.ts'
import type { Session, SessionResolver } from '../web/session.ts'

type CookieConfig = Pick<WebConfig, 'secureCookies'>

/** The browser keeps `__Host-` cookies to this host and to https; plain http is for a machine of one's own. */
const cookieName = (config: CookieConfig) => (config.secureCookies ? '__Host-session' : 'session')
const cookieOptions = (config: CookieConfig) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: config.secureCookies }) as const

/** 256 random bits; the database knows only their hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** The secret a request presents, if it has the shape of one. */
export function secretOf(request: FastifyRequest, config: CookieConfig): string | undefined {
  const value = request.cookies[cookieName(config)]
  return value && /^[\w-]{43}$/.test(value) ? value : undefined
}

export const setSessionCookie = (reply: FastifyReply, config: CookieConfig, secret: string) =>
  reply.setCookie(cookieName(config), secret, cookieOptions(config))
export const clearSessionCookie = (reply: FastifyReply, config: CookieConfig) =>
  reply.clearCookie(cookieName(config), cookieOptions(config))

interface ResolvedRow {
  session_id: string | null
  account_id: string
  name: string
  job_title: string | null
  roles: string[]
  settings: Session['settings']
  locked: boolean
  method: 'local' | 'directory'
  unread: number
  idle: number
  may_look_up: boolean
}

/** Sessions as rows of the database: seen, locked when idle, ended. */
export function sessionResolver(db: Connection, config: CookieConfig): SessionResolver {
  return {
    async resolve(request) {
      const secret = secretOf(request, config)
      if (!secret) return null
      const { rows } = await sql<ResolvedRow>`
        select s.*, access.unread_notices(${secret}) as unread, access.idle_minutes() as idle,
               exists (select from access.role_reach r where r.rule = 'search' and r.role = any (s.roles)
                          and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)) as may_look_up
          from access.resolve_session(${secret}) s`.execute(db)
      const row = rows[0]
      if (!row?.session_id) return null
      return {
        id: row.session_id,
        secret,
        account: { id: row.account_id, name: row.name, jobTitle: row.job_title ?? undefined },
        roles: row.roles,
        locked: row.locked,
        method: row.method,
        unread: row.unread,
        idleMinutes: row.idle,
        mayLookUp: row.may_look_up,
        settings: row.settings,
      }
    },
    signInAddress: (then) => housePaths.signIn(then === '/' ? {} : { then }),
    unlockAddress: (then) => housePaths.unlock(then === '/' ? {} : { then }),
  }
}

const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** 'Edge on Windows, 10.1.2.3': what somebody needs to recognise where they are signed in. */
export function clientWords(request: FastifyRequest): string {
  const agent = request.headers['user-agent'] ?? ''
  const of = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  const browser = of(browsers) ?? 'Some browser'
  const system = of(systems)
  return `${browser}${system ? ` on ${system}` : ''}, ${request.ip}`
}
