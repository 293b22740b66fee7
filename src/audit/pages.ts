import type { FastifyPluginAsync } from 'fastify'
import { recordLogPages } from './record-log-pages.ts'
import { sealPages } from './seal-pages.ts'
import { workerLogPages } from './worker-log-pages.ts'

/** Who looked, what somebody opened, and the seal. */
export const pages: FastifyPluginAsync = async (app) => {
  for (const some of [recordLogPages, workerLogPages, sealPages]) await app.register(some)
}
