import type { FastifyPluginAsync } from 'fastify'
import { apiPages } from './api-pages.ts'
import { bringingPages } from './bringing-pages.ts'
import { contactPages } from './contact-pages.ts'
import { decidingPages } from './deciding-pages.ts'
import { earlyHelpPages } from './early-help-pages.ts'
import { frontPages } from './front-pages.ts'
import { publicPages } from './public-pages.ts'
import { queuePages } from './queue-pages.ts'

/** Every page of the front door. */
export const pages: FastifyPluginAsync = async (app) => {
  const all = [
    frontPages,
    contactPages,
    decidingPages,
    queuePages,
    bringingPages,
    apiPages,
    publicPages,
    earlyHelpPages,
  ]
  for (const some of all) await app.register(some)
}
