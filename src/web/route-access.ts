import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from './errors.ts'
import { localAddress } from './paths.ts'
import type { Role } from './session.ts'

/**
 * Who may call a route at all. It says nothing about a child: that is decided by opening the record, and kept by
 * the database.
 */
export type Access = 'anyone' | 'signed-in' | { readonly roles: readonly Role[] }

export interface DeclaredRoute {
  readonly method: string
  readonly path: string
  readonly access: Access
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** The route also answers while the session is locked (unlock, sign out). */
    evenLocked?: boolean
    /** False for what needs no session at all (assets, health): none is looked up. */
    session?: boolean
    /** False only where the caller cannot have a token (a partner's call, signed by other means). */
    csrf?: boolean
  }
  interface FastifyInstance {
    /** Every route with its declaration, for the test of routes and roles. */
    declaredRoutes: DeclaredRoute[]
  }
}

/** Collects every route's declaration, and refuses to start when one has none. Call before registering routes. */
export function requireAccessDeclarations(app: FastifyInstance): void {
  const routes: DeclaredRoute[] = []
  app.decorate('declaredRoutes', routes)
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!access) {
      throw new Error(
        `The route ${String(route.method)} ${route.url} does not say who may call it (config.access)`,
      )
    }
    if (typeof access === 'object' && access.roles.length === 0) {
      throw new Error(`The route ${String(route.method)} ${route.url} names no role that may call it`)
    }
    for (const method of [route.method].flat()) {
      if (method !== 'HEAD') routes.push({ method, path: route.url, access })
    }
  })
}

/** What a declaration says to a session's roles: pure, so that the test of routes × roles can ask it. */
export function decideRoute(
  access: Access,
  session: { roles: readonly Role[] } | null,
): 'allow' | 'sign-in' | 'refuse' {
  if (access === 'anyone') return 'allow'
  if (!session) return 'sign-in'
  if (access === 'signed-in') return 'allow'
  return access.roles.some((role) => session.roles.includes(role)) ? 'allow' : 'refuse'
}

/** True for a request by a person's browser that shows pages, not by a script. */
export const wantsPage = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html') || request.headers.accept === undefined

/** The page to come back to: the one asked for, or for a form the page it stood on. */
function whereTheyWere(request: FastifyRequest): string {
  if (request.method === 'GET') return request.url
  const from = request.headers.referer
  if (!from || !URL.canParse(from)) return '/'
  const { host, pathname, search } = new URL(from)
  return host === request.host ? localAddress(pathname + search) : '/'
}

/** Keeps the declarations: signed-out people are asked to sign in, others are told it is not their work. */
export function keepAccessDeclarations(
  app: FastifyInstance,
  addresses: { signIn(then: string): string; unlock(then: string): string },
): void {
  app.addHook('onRequest', async (request, reply) => {
    const { access = 'anyone', evenLocked = false } = request.routeOptions.config
    const decision = decideRoute(access, request.session)
    const then = wantsPage(request) ? whereTheyWere(request) : '/'
    if (decision === 'sign-in') {
      if (!wantsPage(request)) throw refuse(401, 'Sign in first')
      return reply.redirect(addresses.signIn(then), 303)
    }
    if (request.session?.locked && access !== 'anyone' && !evenLocked) {
      if (!wantsPage(request)) throw refuse(401, 'Unlock first')
      return reply.redirect(addresses.unlock(then), 303)
    }
    if (decision === 'refuse') throw refuse(403, 'This page is for other roles than yours')
  })
}
