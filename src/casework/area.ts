import type { Area } from '../web/area.ts'
import { administrators } from './clock-settings-pages.ts'
import { documentGroups } from './documents/kinds.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

const withChildren = ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-IRO', 'A-ADO', 'A-FOS']
const setting = { place: 'menu', heading: 'How things are counted', roles: administrators.roles } as const

/** My work, what is due, and the chronology of each record. */
export const casework: Area = {
  name: 'casework',
  pages,
  paths,
  menu: [
    { text: 'Due', href: paths.due(), place: 'bar', roles: withChildren },
    {
      text: 'Allocate children',
      href: paths.allocate(),
      place: 'menu',
      heading: 'My team',
      roles: ['A-TM', 'A-SM'],
    },
    { text: 'Clocks', href: paths.clocks(), ...setting },
    { text: 'Bank holidays', href: paths.bankHolidays(), ...setting },
  ],
  recordParts: [
    { text: 'Due', rank: 12, href: (person) => paths.dueOfChild({ person }) },
    { text: 'Notes and visits', rank: 15, groups: ['F25'], href: (person) => paths.notes({ person }) },
    { text: 'Documents', rank: 16, groups: documentGroups, href: (person) => paths.documents({ person }) },
    {
      text: 'Close the case',
      rank: 95,
      groups: ['F11'],
      roles: ['A-SW', 'A-TM', 'A-SM'],
      href: (person) => paths.closing({ person }),
    },
    { text: 'Chronology', rank: 13, href: (person) => paths.chronology({ person }) },
  ],
}
