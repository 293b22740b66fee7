import type { FastifyPluginAsync } from 'fastify'
import { accountPages } from './account-pages.ts'
import { colleaguePages } from './colleague-pages.ts'
import { directoryPages } from './directory-pages.ts'
import { emergencyPages } from './emergency-pages.ts'
import { familyPages } from './family-pages.ts'
import { noticePages } from './notice-pages.ts'
import { restrictionPages } from './restriction-pages.ts'
import { lockPages, signInPages } from './sign-in-pages.ts'
import { staffPages } from './staff-pages.ts'
import { teamPages } from './team-pages.ts'

const all = [
  signInPages,
  directoryPages,
  lockPages,
  emergencyPages,
  familyPages,
  noticePages,
  colleaguePages,
  restrictionPages,
  accountPages,
  staffPages,
  teamPages,
]

/** Signing in, sessions, accounts, and every page about who may see what. */
export const pages: FastifyPluginAsync = async (app) => {
  for (const some of all) await app.register(some)
}
