import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Periods of need. */
export const childInNeed: Area = {
  name: 'childInNeed',
  pages,
  paths,
  recordParts: [
    { text: 'Periods of need', rank: 42, groups: ['F11', 'F12'], href: (person) => paths.need({ person }) },
  ],
}
