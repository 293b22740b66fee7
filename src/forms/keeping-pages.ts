import type { FastifyPluginAsync } from 'fastify'

/** Who looks after forms: administrators, and heads of service as leads of practice. The database holds the same (0681). */
export const keepers = { roles: ['A-ADM', 'A-SM'] } as const

export const formKeepingPages: FastifyPluginAsync = async () => {}
