import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Adoption: a part of the record that is open to adoption workers and to nobody else. */
export const adoption: Area = {
  name: 'adoption',
  pages,
  paths,
  recordParts: [
    { text: 'Adoption', rank: 80, roles: ['A-ADO'], href: (person) => paths.adoption({ person }) },
  ],
}
