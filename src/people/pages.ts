import type { FastifyPluginAsync } from 'fastify'
import { communicationPages } from './communication-pages.ts'
import { detailsPages } from './details-pages.ts'
import { educationPages } from './education-pages.ts'
import { factPages } from './fact-pages.ts'
import { familyPages } from './family-pages.ts'
import { mergingPages } from './merging-pages.ts'
import { newPersonPages } from './new-person-pages.ts'
import { recordPages } from './record-pages.ts'
import { relationshipPages } from './relationship-pages.ts'
import { responsibilityPages } from './responsibility-pages.ts'
import { searchPages } from './search-pages.ts'
import { takeBackPages } from './take-back-pages.ts'
import { warningPages } from './warning-pages.ts'
import { whoMayPages } from './who-may-pages.ts'

/** Finding people, the front of a record, family and network, and what stood before. */
export const pages: FastifyPluginAsync = async (app) => {
  await app.register(searchPages)
  await app.register(newPersonPages)
  await app.register(mergingPages)
  await app.register(recordPages)
  await app.register(familyPages)
  await app.register(relationshipPages)
  await app.register(responsibilityPages)
  await app.register(takeBackPages)
  await app.register(warningPages)
  await app.register(whoMayPages)
  await app.register(communicationPages)
  await app.register(detailsPages)
  await app.register(educationPages)
  await app.register(factPages)
}
