import type { FastifyPluginAsync } from 'fastify'
import { transferPages } from './transfer-pages.ts'

/** What a team and its manager need each day. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(transferPages)
}
