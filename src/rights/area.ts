import type { Area, MenuEntry } from '../web/area.ts'
import { handlers, pages } from './pages.ts'
import { paths } from './paths.ts'

const menu: readonly MenuEntry[] = [
  {
    text: 'Requests',
    href: paths.requests(),
    place: 'menu',
    heading: 'Information governance',
    roles: handlers.roles,
  },
  {
    text: 'Somebody asks for their information',
    href: paths.writeDown(),
    place: 'menu',
    heading: 'Families',
  },
]

/** Requests and complaints of people about their own information. */
export const rights: Area = { name: 'rights', pages, paths, menu }
