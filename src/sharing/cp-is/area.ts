import type { Area } from '../../web/area.ts'
import { operators } from '../outbox/pages.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** The NHS’s Child Protection Information Sharing: alerts that go, looks that come back. */
export const cpIs: Area = {
  name: 'cpIs',
  pages,
  paths,
  menu: [
    {
      text: 'Looked up by health',
      href: paths.looks(),
      place: 'menu',
      heading: 'My work',
      roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-IRO', 'A-ADO'],
    },
    {
      text: 'The NHS (CP-IS)',
      href: paths.exchange(),
      place: 'menu',
      heading: 'Sharing',
      roles: operators.roles,
    },
    {
      text: 'The NHS told of somebody we do not find',
      href: paths.unmatched(),
      place: 'menu',
      heading: 'Sharing',
      roles: ['A-DUTY', 'A-EDT', 'A-BS'],
    },
    {
      text: 'Play the hospital',
      href: paths.hospital(),
      place: 'menu',
      heading: 'This demonstration',
      demonstrationOnly: true,
    },
  ],
  recordParts: [
    {
      text: 'NHS alerts',
      rank: 92,
      groups: ['F05', 'F09', 'F10', 'F11'],
      href: (person) => paths.record({ person }),
    },
  ],
}
