import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Leaving care: contact, activity and accommodation of a young adult. */
export const leavingCare: Area = {
  name: 'leavingCare',
  pages,
  paths,
  recordParts: [
    { text: 'Leaving care', rank: 90, groups: ['F22'], href: (person) => paths.leavingCare({ person }) },
  ],
}
