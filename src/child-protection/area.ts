import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Enquiries, conferences, plans and reviews; what comes before court. */
export const childProtection: Area = {
  name: 'childProtection',
  pages,
  paths,
  recordParts: [
    {
      text: 'Protection',
      rank: 40,
      groups: ['F09', 'F13', 'F14'],
      href: (person) => paths.protection({ person }),
    },
  ],
}
