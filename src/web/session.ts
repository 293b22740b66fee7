import type { FastifyRequest } from 'fastify'

/** A role's code, as the access area keeps them. */
export type Role = string

/** Who is at the keyboard, as a page needs to know it. The access area makes it from the session's row. */
export interface Session {
  readonly id: string
  /** What `reading` and `writing` present to the database. Never shown, never logged. */
  readonly secret: string
  readonly account: { readonly id: string; readonly name: string; readonly jobTitle?: string | undefined }
  readonly roles: readonly Role[]
  /** True after the idle time: only the page to unlock is shown. */
  readonly locked: boolean
  /** How they proved who they are, and would again: a password of this service's own, or the authority's directory. */
  readonly method?: 'local' | 'directory'
  /** Minutes without a sign of life after which it locks. */
  readonly idleMinutes?: number
  /** Notices not yet read. */
  readonly unread?: number
  /** Whether a role of theirs may look for anybody by name. */
  readonly mayLookUp?: boolean
  /** Wishes of this account about pages. */
  readonly settings?: { readonly shortcuts?: boolean }
}

export interface SessionResolver {
  /** The session a request presents, or null: no cookie, unknown, ended or too old. */
  resolve(request: FastifyRequest): Promise<Session | null>
  /** Where someone without a session goes; `then` is where they wanted to be. */
  signInAddress(then: string): string
  /** Where someone with a locked session goes. */
  unlockAddress(then: string): string
}

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
  }
}

/** The session of a route that declared `signed-in` or roles; the server refused everybody else before. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw new Error('This route needs an access declaration other than "anyone"')
  return request.session
}

/** Whom a form's token is bound to: the session, or anyone signed out (the token's library takes no empty name). */
export const formOwner = (request: FastifyRequest): string => request.session?.id ?? 'signed out'
