import type { FastifyInstance } from 'fastify'
import { access } from '../access/area.ts'
import { type AccountServices, servicesWith } from '../access/services.ts'
import { sessionResolver } from '../access/sessions.ts'
import type { Area } from '../web/area.ts'
import type { WebConfig } from '../web/config.ts'
import { buildServer, type ServerDeps } from '../web/server.ts'
import type { Session } from '../web/session.ts'
import { stubConfig, stubDeps } from '../web/stub.ts'
import type { TestDatabase } from './database.ts'

/** What pages work with over a test's database, with real sessions: signing in and access, and the areas of the test. */
export function housed(
  db: TestDatabase,
  options: {
    config?: Partial<WebConfig>
    accounts?: AccountServices
    areas?: readonly Area[]
    now?: () => Date
  } = {},
): ServerDeps {
  const config = { ...stubConfig, demonstration: false, ...options.config }
  return stubDeps({
    config,
    db: db.app,
    accounts: options.accounts ?? servicesWith(['a key for tests only, long enough to be one']),
    sessions: sessionResolver(db.app, config),
    areas: [access, ...(options.areas ?? [])],
    ...(options.now ? { now: options.now } : {}),
  })
}

export const aHouse = async (...args: Parameters<typeof housed>): Promise<FastifyInstance> =>
  buildServer(housed(...args))

/** A browser as far as the server sees one: it keeps cookies and sends the token of the form it fills in. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly server: FastifyInstance

  constructor(server: FastifyInstance, session?: Session) {
    this.server = server
    if (session) this.cookies.set('session', session.secret)
  }

  async send(method: 'GET' | 'POST', url: string, body?: Record<string, string>, headers = {}) {
    const answer = await this.server.inject({
      method,
      url,
      headers: {
        accept: 'text/html',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(body ? { payload: new URLSearchParams(body).toString() } : {}),
    })
    for (const { name, value, expires } of answer.cookies as {
      name: string
      value: string
      expires?: Date
    }[]) {
      if (expires && expires.getTime() < Date.now()) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  get(url: string) {
    return this.send('GET', url)
  }

  /** Fills in the form of a page and sends it to `url`. */
  async post(url: string, body: Record<string, string>, { page = url, headers = {} } = {}) {
    const token = /name="_csrf" value="([^"]+)"/.exec((await this.get(page)).body)?.[1] ?? ''
    return this.send('POST', url, { ...body, _csrf: token }, headers)
  }
}

/** The words inside a page's main part, without marks. */
export const mainWords = (body: string): string =>
  (/<main[^>]*>([\s\S]*)<\/main>/.exec(body)?.[1] ?? body)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
