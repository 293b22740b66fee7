import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Connection } from '../database/connection.ts'
import type { Area } from './area.ts'
import { areas as allAreas } from './areas.ts'
import { loadAssets, serveAssets } from './assets.ts'
import type { WebConfig } from './config.ts'
import { forPeople, forTheLog, notFound, refuse, statusOf } from './errors.ts'
import { registerHealth } from './health.ts'
import { registerHousePages } from './house-pages.ts'
import { registerMetrics } from './metrics.ts'
import { registerPages } from './page.ts'
import { keepAccessDeclarations, requireAccessDeclarations, wantsPage } from './route-access.ts'
import { formOwner, type SessionResolver } from './session.ts'
import { checkUploadToken } from './upload.ts'
import { type IsWorkingDay, mondayToFriday } from './words.ts'

/** What pages work with; they read it as `app.deps`. Other areas add theirs by module augmentation. */
export interface ServerDeps {
  readonly config: WebConfig
  /** The database as the app's role: the primary, under row security. */
  readonly db: Connection
  readonly sessions: SessionResolver
  /** A pino logger; absent, nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** Rejects while the service cannot do its work (the database cannot be reached). */
  ready(): Promise<void>
  readonly now?: () => Date
  readonly isWorkingDay?: IsWorkingDay
  /** Other areas than the built-in list, for tests of the house itself. */
  readonly areas?: readonly Area[]
}

declare module 'fastify' {
  interface FastifyInstance {
    deps: ServerDeps
  }
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A reference that can be read out on the telephone: 'K7QM-3X2P'. */
function reference(): string {
  const letters = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/**
 * The service as one Fastify instance that listens nowhere yet: main.ts calls `listen`, tests call `inject`. Refuses
 * (throws) when a route does not say who may call it.
 */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const { config } = deps
  if (config.secret.length < 32)
    throw new Error('The secret that signs form tokens needs 32 characters or more')
  const areas = deps.areas ?? allAreas
  const now = deps.now ?? (() => new Date())
  const app = Fastify({
    ...(deps.logger ? { loggerInstance: deps.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: reference,
    requestIdHeader: false,
    trustProxy: config.trustProxy,
    bodyLimit: 2 * 1024 * 1024,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => answerError(error, request as FastifyRequest, reply as never),
  }) as unknown as FastifyInstance
  app.decorate('deps', deps)
  app.decorate(
    'onlookers',
    areas.flatMap(({ onlooker }) => onlooker ?? []),
  )
  app.decorate(
    'dayParts',
    areas.flatMap(({ dayParts }) => dayParts ?? []),
  )
  app.decorateRequest('session', null)
  requireAccessDeclarations(app)

  await app.register(helmet, helmetOptions(config))
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-reference', request.id)
    reply.header('cache-control', 'no-store')
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
    if (request.routeOptions.config.session !== false) request.session = await deps.sessions.resolve(request)
  })
  keepAccessDeclarations(app, {
    signIn: (then) => deps.sessions.signInAddress(then),
    unlock: (then) => deps.sessions.unlockAddress(then),
  })
  await app.register(rateLimit, {
    max: config.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.session?.id ?? request.ip,
    errorResponseBuilder: (_request, context) =>
      refuse(429, `Too many pages in a short time. Go on in ${context.after}.`),
  })
  await app.register(formbody, { bodyLimit: 2 * 1024 * 1024 })
  await app.register(multipart, { limits: { fields: 500, fileSize: 50 * 1024 * 1024, files: 20 } })
  await registerFormTokens(app, config)

  const assets = loadAssets(config.authority.accent)
  serveAssets(app, assets)
  await registerPages(app, { areas, assets, config, now, isWorkingDay: deps.isWorkingDay ?? mondayToFriday })
  registerMetrics(app, config.metricsToken)
  registerHealth(app, deps.ready, config.version)

  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => answerError(notFound(), request, reply))
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.logLevel === 'warn') return
    // The pattern, never the address: what stands in an address can name a child.
    request.log.info(
      {
        route: request.routeOptions.url ?? 'none',
        method: request.method,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })

  await app.register((house) => registerHousePages(house, areas))
  for (const area of areas) await app.register(area.pages)
  await app.ready()
  return app
}

function helmetOptions(config: WebConfig) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'", ...(config.formTargets ?? [])],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Pages inside the service may see where one came from; nobody outside may.
    referrerPolicy: { policy: 'same-origin' as const },
    strictTransportSecurity: config.secureCookies ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: config.secureCookies,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' as const },
  }
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * A form counts only from a page of this service and of the same session: the browser's own word about where the
 * request comes from, and a token bound to the session. Uploads prove their token with their first field (upload.ts).
 */
async function registerFormTokens(app: FastifyInstance, config: WebConfig): Promise<void> {
  await app.register(csrf, {
    cookieKey: config.secureCookies ? '__Host-form' : 'form',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: config.secureCookies },
    csrfOpts: { hmacKey: config.secret },
    getUserInfo: formOwner,
    getToken: (request) => {
      const body = request.body as Record<string, unknown> | undefined
      const token = body?._csrf ?? request.headers['x-form-token']
      return typeof token === 'string' ? token : undefined
    },
    logLevel: 'silent',
  })
  app.decorate('checkFormToken', checkUploadToken)
  app.addHook('preHandler', async (request) => {
    if (!unsafe.has(request.method) || request.routeOptions.config.csrf === false) return
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw refuse(403, 'This form was sent from another place than this service')
    }
    if (request.isMultipart()) return
    await new Promise<void>((resolve, reject) => {
      app.csrfProtection(request, { send: reject } as never, () => resolve())
    })
  })
}

/** One way to answer whatever went wrong: a page in plain words with a reference, or the same as JSON for scripts. */
async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: import('fastify').FastifyReply,
): Promise<unknown> {
  const status = statusOf(error)
  if (status >= 500) {
    request.log.error(
      {
        route: request.routeOptions?.url ?? 'none',
        method: request.method,
        error: forTheLog(error, request.server.deps.config.demonstration),
      },
      'failed',
    )
  }
  const said = forPeople(error)
  reply.code(status).header('x-reference', request.id)
  if (!wantsPage(request))
    return reply.type('application/json').send({ error: said.title, text: said.text, reference: request.id })
  try {
    // An address that cannot even be read arrives before the house is furnished.
    if (!reply.page) throw error
    return await reply.page('web/views/error.njk', { title: said.title, width: 'writing', said })
  } catch (again) {
    if (again !== error)
      request.log.error(
        { error: forTheLog(again, request.server.deps.config.demonstration) },
        'the error page failed',
      )
    reply.header('content-security-policy', "default-src 'none'").header('cache-control', 'no-store')
    return reply
      .type('text/plain; charset=utf-8')
      .send(`${said.title}\n\n${said.text}\n\nReference ${request.id}\n`)
  }
}
