import type { MenuEntry } from '../web/area.ts'
import { housePaths } from '../web/house-paths.ts'
import { managers } from './page-parts.ts'
import { paths } from './paths.ts'

const heading = 'Who may see what'

/** What the header's menu leads to. */
export const menu: readonly MenuEntry[] = [
  { text: 'What you were told', href: housePaths.notices(), place: 'menu', heading },
  { text: 'Emergency access', href: paths.emergencies(), place: 'menu', heading },
  {
    text: 'Families that workers know',
    href: paths.connections(),
    place: 'menu',
    heading,
    roles: managers.roles,
  },
]
