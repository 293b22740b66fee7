import type { FastifyPluginAsync } from 'fastify'
import { glancePages } from './glance-pages.ts'
import { nightPages } from './night-pages.ts'
import { practiceAuditPages } from './practice-audit-pages.ts'
import { rotaPages } from './rota-pages.ts'
import { supervisionPages } from './supervision-pages.ts'
import { transferPages } from './transfer-pages.ts'

/** What a team and its manager need each day. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(glancePages)
  await app.register(transferPages)
  await app.register(rotaPages)
  await app.register(nightPages)
  await app.register(supervisionPages)
  await app.register(practiceAuditPages)
}
