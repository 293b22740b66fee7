import type { MenuEntry } from '../web/area.ts'
import { paths } from './paths.ts'

/** Whose work imports are (governance E.2). */
export const analysts = { roles: ['A-PERF'] } as const

const heading = 'Data and returns'

/** What the header's menu leads to. */
export const menu: readonly MenuEntry[] = [
  {
    text: 'Imports',
    href: paths.runs(),
    place: 'menu',
    heading,
    roles: analysts.roles,
    keys: 'g i',
    startFor: analysts.roles,
  },
  { text: 'Import problems', href: paths.problems(), place: 'menu', heading, roles: analysts.roles },
  {
    text: 'Reconciliation',
    href: paths.reconciliations(),
    place: 'menu',
    heading,
    roles: ['A-PERF', 'A-SM'],
  },
  { text: 'Local words', href: paths.words(), place: 'menu', heading, roles: analysts.roles },
]
