import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Who: search, the front of each record, family and network. */
export const people: Area = {
  name: 'people',
  pages,
  paths,
  recordParts: [
    { text: 'Summary', rank: 10, href: (person) => paths.record({ person }) },
    { text: 'Family and network', rank: 30, href: (person) => paths.family({ person }) },
    { text: 'Education', rank: 70, groups: ['F20'], href: (person) => paths.education({ person }) },
  ],
}
