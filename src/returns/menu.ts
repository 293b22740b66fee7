import type { MenuEntry } from '../web/area.ts'
import { paths } from './paths.ts'

/** Whose work returns are: making one, and taking the file (governance E.2, A-PERF). */
export const analysts = { roles: ['A-PERF'] } as const

/** Who sees that returns were made: managers take nothing out in bulk. */
export const onlookers = { roles: ['A-PERF', 'A-TM', 'A-SM'] } as const

export const menu: readonly MenuEntry[] = [
  {
    text: 'Returns',
    href: paths.list(),
    place: 'menu',
    heading: 'Data and returns',
    roles: onlookers.roles,
    keys: 'g r',
  },
  {
    text: 'Reporting',
    href: paths.reporting(),
    place: 'menu',
    heading: 'Data and returns',
    roles: analysts.roles,
  },
]
