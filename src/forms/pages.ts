import type { FastifyPluginAsync } from 'fastify'
import { formBeginningPages } from './beginning-pages.ts'
import { draftPages } from './draft-pages.ts'
import { formReadingPages } from './form-reading-pages.ts'
import { formWritingPages } from './form-writing-pages.ts'
import { formKeepingPages } from './keeping-pages.ts'

/** Drafts, forms and their keeping. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(draftPages)
  await app.register(formBeginningPages)
  await app.register(formWritingPages)
  await app.register(formReadingPages)
  await app.register(formKeepingPages)
}
