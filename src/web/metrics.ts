import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { notFound } from './errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Areas add their own figures here. Labels never name a person. */
    metrics: Registry
  }
}

const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token) return same(request.headers.authorization ?? '', `Bearer ${token}`)
  const from = request.socket.remoteAddress ?? ''
  const forwarded =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !forwarded && /^(::1|127\.|::ffff:127\.)/.test(from)
}

/** Server time by route pattern and status, and the process's own figures, at `/metrics` for whoever runs the service. */
export function registerMetrics(app: FastifyInstance, token: string | undefined): void {
  const registry = new Registry()
  app.decorate('metrics', registry)
  collectDefaultMetrics({ register: registry })
  app.addHook('onClose', async () => registry.clear())
  const durations = new Histogram({
    name: 'cairn_request_duration_seconds',
    help: 'Server time of a request, by route pattern, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      { route: request.routeOptions.url ?? 'none', method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  app.get(
    '/metrics',
    { config: { access: 'anyone', session: false, rateLimit: false } },
    async (request, reply) => {
      if (!mayRead(request, token)) throw notFound()
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}
