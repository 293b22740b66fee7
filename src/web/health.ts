import type { FastifyInstance } from 'fastify'

/**
 * `/health/live`: the process answers. `/health/ready`: it may be sent work; 503 while its database cannot be reached
 * and from the moment it was told to stop. `/health`: the same with the version, for people.
 */
export function registerHealth(app: FastifyInstance, ready: () => Promise<void>, version: string): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  const config = { access: 'anyone', session: false, rateLimit: false } as const
  async function state(): Promise<{ status: 'ready' | 'stopping' | 'not ready' }> {
    if (stopping) return { status: 'stopping' }
    try {
      await ready()
      return { status: 'ready' }
    } catch {
      return { status: 'not ready' }
    }
  }
  app.get('/health/live', { config }, async () => ({ status: 'live' }))
  app.get('/health/ready', { config }, async (_request, reply) => {
    const found = await state()
    return reply.code(found.status === 'ready' ? 200 : 503).send(found)
  })
  app.get('/health', { config }, async (_request, reply) => {
    const found = await state()
    return reply.code(found.status === 'ready' ? 200 : 503).send({ ...found, version })
  })
}
