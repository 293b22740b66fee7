import type { FastifyPluginAsync } from 'fastify'
import { carePages } from './care-pages.ts'
import { healthPages } from './health-pages.ts'

export const pages: FastifyPluginAsync = async (app) => {
  await app.register(carePages)
  await app.register(healthPages)
}
