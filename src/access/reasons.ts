import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionOf } from '../web/session.ts'
import { accountsOf } from './services.ts'

// A reason for opening a record counts for an hour, so that each page of it does not ask again. It is kept in the
// browser, sealed, for this session alone; each opening writes it to the trail.
const minutes = 60
const most = 6

type Kept = Record<string, { reason: string; at: number }>

const nameOf = (request: FastifyRequest) =>
  `${request.server.deps.config.secureCookies ? '__Host-' : ''}reasons`

function keptBy(request: FastifyRequest): Kept {
  const value = request.cookies[nameOf(request)]
  if (!value || !request.session) return {}
  const text = accountsOf(request.server).steps.open(Buffer.from(value, 'base64url'), request.session.id)
  return text === undefined ? {} : (JSON.parse(text) as Kept)
}

/** The reason this session gave for opening this person's record, within the last hour. */
export function reasonFor(request: FastifyRequest, person: string): string | undefined {
  const kept = keptBy(request)[person]
  const now = (request.server.deps.now?.() ?? new Date()).getTime()
  return kept && now - kept.at < minutes * 60_000 ? kept.reason : undefined
}

export function keepReason(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  reason: string,
): void {
  const now = (request.server.deps.now?.() ?? new Date()).getTime()
  const others = Object.entries(keptBy(request)).filter(([id]) => id !== person)
  const kept = Object.fromEntries([[person, { reason, at: now }], ...others].slice(0, most))
  const sealed = accountsOf(request.server).steps.seal(JSON.stringify(kept), sessionOf(request).id)
  reply.setCookie(nameOf(request), sealed.toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.server.deps.config.secureCookies,
    maxAge: minutes * 60,
  })
}
