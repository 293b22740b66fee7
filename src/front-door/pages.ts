import type { FastifyPluginAsync } from 'fastify'
import { contactPages } from './contact-pages.ts'
import { decidingPages } from './deciding-pages.ts'
import { earlyHelpPages } from './early-help-pages.ts'
import { frontPages } from './front-pages.ts'

/** Every page of the front door. */
export const pages: FastifyPluginAsync = async (app) => {
  for (const some of [frontPages, contactPages, decidingPages, earlyHelpPages]) await app.register(some)
}
