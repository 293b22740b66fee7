import type { Area } from '../../web/area.ts'
import { menu } from './menu.ts'
import { onlooker } from './onlooker.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { menders } from './record-groups.ts'

/** Checks of uploaded returns, and of the record itself. */
export const checking: Area = {
  name: 'checking',
  pages,
  paths,
  menu,
  onlooker,
  recordParts: [{ text: 'Checks', rank: 100, roles: menders, href: (person) => paths.record({ person }) }],
}
