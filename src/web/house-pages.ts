import type { FastifyInstance } from 'fastify'
import { housePaths } from './house-paths.ts'

/** The pages that belong to no area: the start, help. */
export async function registerHousePages(app: FastifyInstance): Promise<void> {
  const { deps } = app
  app.get(housePaths.home.pattern, { config: { access: 'signed-in' } }, async (_request, reply) => {
    const answered = new Set(app.declaredRoutes.map((route) => route.path))
    for (const path of [housePaths.myWork, housePaths.search]) {
      if (answered.has(path.pattern)) return reply.redirect(path(), 303)
    }
    return reply.page('web/views/help.njk', { title: 'Help', width: 'writing' })
  })
  app.get(housePaths.help.pattern, { config: { access: 'anyone' } }, async (_request, reply) =>
    reply.page('web/views/help.njk', { title: 'Help', width: 'writing' }),
  )
  if (deps.config.demonstration) {
    const { registerComponentPages } = await import('./component-pages.ts')
    await app.register(registerComponentPages)
  }
}
