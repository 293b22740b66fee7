import type { Area } from '../web/area.ts'
import { housePaths } from '../web/house-paths.ts'
import { managers } from './page-parts.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { deciders } from './restriction-pages.ts'
import { administrators } from './staff-pages.ts'

const seeing = { place: 'menu', heading: 'Who may see what' } as const
const working = { place: 'menu', heading: 'Who works here', roles: administrators.roles } as const

/** Signing in, accounts, and every page about who may see what. */
export const access: Area = {
  name: 'access',
  pages,
  paths,
  recordParts: [
    {
      text: 'Colleagues let in',
      rank: 96,
      roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-ADO', 'A-IRO'],
      href: (person) => paths.colleagues({ person }),
    },
    {
      text: 'Restriction',
      rank: 97,
      roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT', 'A-PA', 'A-ADO', 'A-IRO'],
      href: (person) => paths.restrict({ person }),
    },
  ],
  menu: [
    { text: 'What you were told', href: housePaths.notices(), ...seeing },
    { text: 'Emergency access', href: paths.emergencies(), ...seeing },
    { text: 'Cover', href: paths.cover(), ...seeing },
    { text: 'Restricted records', href: paths.restrictions(), ...seeing, roles: deciders.roles },
    { text: 'Families that workers know', href: paths.connections(), ...seeing, roles: managers.roles },
    { text: 'People who work here', href: paths.staff(), ...working, startFor: administrators.roles },
    { text: 'Teams', href: paths.teams(), ...working },
    { text: 'Groups of the directory', href: paths.groups(), ...working },
  ],
}
