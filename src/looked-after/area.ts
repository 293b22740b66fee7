import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Care: periods, placements, legal statuses, reviews, missing; and health while looked after. */
export const lookedAfter: Area = {
  name: 'lookedAfter',
  pages,
  paths,
  recordParts: [
    { text: 'Care', rank: 50, groups: ['F08', 'F10', 'F15'], href: (person) => paths.care({ person }) },
    { text: 'Health', rank: 60, groups: ['F16', 'F17', 'F18'], href: (person) => paths.health({ person }) },
  ],
}
