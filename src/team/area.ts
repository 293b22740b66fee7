import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

const withChildren = ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-ADO', 'A-FOS']
const menu = { place: 'menu', heading: 'My team' } as const

/** What a team and its manager need each day: who works with whom, who is there, what the night did, how work is looked after. */
export const team: Area = {
  name: 'team',
  pages,
  paths,
  menu: [{ text: 'Transfers', href: paths.transfers(), ...menu, roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'] }],
  recordParts: [
    {
      text: 'Management oversight',
      rank: 17,
      groups: ['F25'],
      href: (person) => paths.oversight({ person }),
    },
    {
      text: 'For tonight',
      rank: 36,
      groups: ['F24'],
      roles: [...withChildren, 'A-DUTY', 'A-EDT'],
      href: (person) => paths.tonightOfChild({ person }),
    },
    {
      text: 'Hand over',
      rank: 94,
      groups: ['F26'],
      roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'],
      href: (person) => paths.transferNew({ of: person }),
    },
  ],
}
