import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** My work, and the chronology of each record. */
export const casework: Area = {
  name: 'casework',
  pages,
  paths,
  menu: [
    {
      text: 'Allocate children',
      href: paths.allocate(),
      place: 'menu',
      heading: 'My team',
      roles: ['A-TM', 'A-SM'],
    },
  ],
  recordParts: [{ text: 'Chronology', rank: 20, href: (person) => paths.chronology({ person }) }],
}
