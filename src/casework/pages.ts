import type { FastifyPluginAsync } from 'fastify'
import { allocationPages } from './allocation-pages.ts'
import { chronologyPages } from './chronology-pages.ts'
import { myWorkPages } from './my-work-pages.ts'

/** What workers do with records whatever the kind of help. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(myWorkPages)
  await app.register(chronologyPages)
  await app.register(allocationPages)
}
