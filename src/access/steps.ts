import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accountsOf } from './services.ts'

// What a browser carries between two steps of signing in: sealed, for a quarter of an hour, for this service alone.
const minutes = 15

const nameOf = (app: FastifyInstance, step: string) =>
  `${app.deps.config.secureCookies ? '__Host-' : ''}${step}`
const optionsOf = (app: FastifyInstance) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: app.deps.config.secureCookies }) as const
const nowOf = (app: FastifyInstance) => (app.deps.now?.() ?? new Date()).getTime()

/** Gives the browser what the next step needs. */
export function carry(reply: FastifyReply, app: FastifyInstance, step: string, what: object): void {
  const sealed = accountsOf(app).steps.seal(JSON.stringify({ what, at: nowOf(app) }), step)
  reply.setCookie(nameOf(app, step), sealed.toString('base64url'), {
    ...optionsOf(app),
    maxAge: minutes * 60,
  })
}

/** What the browser carries, or undefined: nothing, not ours, or too old. */
export function carried<T>(request: FastifyRequest, app: FastifyInstance, step: string): T | undefined {
  const value = request.cookies[nameOf(app, step)]
  if (!value) return undefined
  const text = accountsOf(app).steps.open(Buffer.from(value, 'base64url'), step)
  if (text === undefined) return undefined
  const { what, at } = JSON.parse(text) as { what: T; at: number }
  return nowOf(app) - at > minutes * 60_000 ? undefined : what
}

export const drop = (reply: FastifyReply, app: FastifyInstance, step: string) =>
  reply.clearCookie(nameOf(app, step), optionsOf(app))
