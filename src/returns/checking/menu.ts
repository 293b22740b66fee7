import type { MenuEntry } from '../../web/area.ts'
import { analysts } from '../menu.ts'
import { paths } from './paths.ts'
import { menders } from './record-groups.ts'

export const menu: readonly MenuEntry[] = [
  {
    text: 'Check a return',
    href: paths.runs(),
    place: 'menu',
    heading: 'Data and returns',
    roles: analysts.roles,
    keys: 'g k',
  },
  {
    text: 'Checks on my children',
    href: paths.mine(),
    place: 'menu',
    heading: 'Data and returns',
    roles: menders,
  },
]
