import type { FastifyInstance } from 'fastify'
import { housePaths } from './house-paths.ts'

export async function registerComponentPages(app: FastifyInstance): Promise<void> {
  app.get(housePaths.components.pattern, { config: { access: 'anyone' } }, async (_request, reply) =>
    reply.page('web/views/components.njk', { title: 'Parts of pages' }),
  )
}
