import type { Area } from '../web/area.ts'
import { adders } from './matching.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Who: search, the front of each record, family and network. */
export const people: Area = {
  name: 'people',
  pages,
  paths,
  menu: [
    {
      text: 'Add a person',
      href: paths.newPerson(),
      place: 'menu',
      heading: 'People',
      roles: adders.roles,
      keys: 'g p',
    },
    {
      text: 'Possibly the same person',
      href: paths.duplicates(),
      place: 'menu',
      heading: 'People',
      roles: adders.roles,
    },
  ],
  recordParts: [
    { text: 'Summary', rank: 10, href: (person) => paths.record({ person }) },
    { text: 'Names and addresses', rank: 20, href: (person) => paths.details({ person }) },
    { text: 'Family and network', rank: 30, href: (person) => paths.family({ person }) },
    { text: 'Warnings', rank: 35, groups: ['F24'], href: (person) => paths.warnings({ person }) },
    { text: 'Education', rank: 70, groups: ['F20'], href: (person) => paths.education({ person }) },
  ],
}
