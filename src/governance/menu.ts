import type { MenuEntry } from '../web/area.ts'
import { paths } from './paths.ts'

/** Who reads the registers: information governance, and the head of service who decides on changes. */
export const keepers = { roles: ['A-IG', 'A-DPO', 'A-CG', 'A-SM'] } as const
/** Who proposes a change. */
export const proposers = { roles: ['A-IG', 'A-DPO', 'A-CG'] } as const

export const menu: readonly MenuEntry[] = [
  {
    text: 'Registers and notice',
    href: paths.desk(),
    place: 'menu',
    heading: 'Information governance',
    roles: keepers.roles,
  },
  {
    text: 'Incidents',
    href: paths.incidents(),
    place: 'menu',
    heading: 'Information governance',
    roles: ['A-IG', 'A-DPO', 'A-CG'],
  },
]
