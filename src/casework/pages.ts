import type { FastifyPluginAsync } from 'fastify'
import { allocationPages } from './allocation-pages.ts'
import { chronologyKeepingPages } from './chronology-keeping-pages.ts'
import { chronologyPages } from './chronology-pages.ts'
import { clockSettingsPages } from './clock-settings-pages.ts'
import { closingPages } from './closing-pages.ts'
import { documentFilingPages } from './documents/filing-pages.ts'
import { documentReadingPages } from './documents/reading-pages.ts'
import { dueDecisionPages } from './due-decision-pages.ts'
import { duePages } from './due-pages.ts'
import { livingSummaryPages } from './living-summary-pages.ts'
import { myWorkPages } from './my-work-pages.ts'
import { noteReadingPages } from './note-reading-pages.ts'
import { noteWritingPages } from './note-writing-pages.ts'
import { signOffPages } from './sign-off/pages.ts'

/** What workers do with records whatever the kind of help. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(myWorkPages)
  await app.register(chronologyPages)
  await app.register(chronologyKeepingPages)
  await app.register(livingSummaryPages)
  await app.register(allocationPages)
  await app.register(duePages)
  await app.register(closingPages)
  await app.register(dueDecisionPages)
  await app.register(clockSettingsPages)
  await app.register(noteWritingPages)
  await app.register(noteReadingPages)
  await app.register(documentReadingPages)
  await app.register(documentFilingPages)
  await app.register(signOffPages)
}
