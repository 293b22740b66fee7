import type { FastifyPluginAsync } from 'fastify'
import { exchangePages } from './exchange-pages.ts'
import { hospitalPages } from './hospital-pages.ts'
import { recordPages } from './record-pages.ts'

/** What the NHS is told of children, and what it tells. */
export const pages: FastifyPluginAsync = async (app) => {
  for (const some of [recordPages, exchangePages, hospitalPages]) await app.register(some)
}
