import type { FastifyInstance } from 'fastify'
import type { Area } from './area.ts'
import { housePaths } from './house-paths.ts'
import { sessionOf } from './session.ts'

/** The pages that belong to no area: the start, help. */
export async function registerHousePages(app: FastifyInstance, areas: readonly Area[]): Promise<void> {
  const { deps } = app
  app.get(housePaths.home.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { roles } = sessionOf(request)
    const start = areas
      .flatMap((area) => area.menu ?? [])
      .find(({ startFor }) => roles.length > 0 && startFor && roles.every((role) => startFor.includes(role)))
    if (start) return reply.redirect(start.href, 303)
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
