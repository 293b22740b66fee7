import type { FastifyPluginAsync } from 'fastify'
import { lockPages, signInPages } from './sign-in-pages.ts'

/** Signing in, sessions, accounts, and every page about who may see what. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(signInPages)
  await app.register(lockPages)
}
