import type { Area } from '../web/area.ts'
import { frontDoorRoles } from './actor.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** The front door: contact, referral, early help. */
export const frontDoor: Area = {
  name: 'frontDoor',
  pages,
  paths,
  menu: [
    {
      text: 'Front door',
      href: paths.frontDoor(),
      place: 'bar',
      roles: frontDoorRoles.roles,
      keys: 'g f',
      startFor: frontDoorRoles.roles,
    },
    { text: 'Queue', href: paths.queue(), place: 'bar', roles: frontDoorRoles.roles, keys: 'g q' },
    {
      text: 'Who may send notifications',
      href: paths.senders(),
      place: 'menu',
      heading: 'Front door',
      roles: ['A-ADM'],
    },
  ],
  recordParts: [{ text: 'Early help', rank: 40, groups: ['F12'], href: (person) => paths.help({ person }) }],
}
