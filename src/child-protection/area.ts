import type { Area } from '../web/area.ts'
import { diaryRoles } from './chair-pages.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Enquiries, conferences, plans and reviews; what comes before court. */
export const childProtection: Area = {
  name: 'childProtection',
  pages,
  paths,
  menu: [
    {
      text: 'Conferences',
      href: paths.conferences(),
      place: 'menu',
      heading: 'My work',
      roles: [...diaryRoles],
    },
  ],
  recordParts: [
    {
      text: 'Protection',
      rank: 45,
      groups: ['F09', 'F13', 'F14'],
      href: (person) => paths.protection({ person }),
    },
  ],
}
