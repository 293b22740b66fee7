import type { Area } from '../../web/area.ts'
import { operators, pages } from './pages.ts'
import { paths } from './paths.ts'

/** What partners have to be told, and what became of it. */
export const outbox: Area = {
  name: 'outbox',
  pages,
  paths,
  menu: [
    {
      text: 'Messages to partners',
      href: paths.messages(),
      place: 'menu',
      heading: 'Sharing',
      roles: operators.roles,
    },
  ],
}
