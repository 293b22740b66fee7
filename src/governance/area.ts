import type { FastifyPluginAsync } from 'fastify'
import type { Area } from '../web/area.ts'
import { incidentPages } from './incidents/pages.ts'
import { menu } from './menu.ts'
import { noticePages } from './notice-pages.ts'
import { paths } from './paths.ts'
import { registerPages } from './register-pages.ts'

const pages: FastifyPluginAsync = async (app) => {
  await app.register(noticePages)
  await app.register(registerPages)
  await app.register(incidentPages)
}

/** What is done with personal information, and the notice that says so. */
export const governance: Area = { name: 'governance', pages, paths, menu }
