import type { Area } from '../web/area.ts'
import { formGroups } from './beginning-pages.ts'
import { keepers } from './keeping-pages.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** What somebody is still writing, saved as they type; forms as versioned data, and what is filled in of them. */
export const forms: Area = {
  name: 'forms',
  pages,
  paths,
  menu: [
    { text: 'What I have not filed yet', href: paths.drafts(), place: 'menu', heading: 'My work' },
    {
      text: 'Forms',
      href: paths.keep(),
      place: 'menu',
      heading: 'How things are recorded',
      roles: keepers.roles,
    },
  ],
  recordParts: [
    { text: 'Forms', rank: 17, groups: formGroups, href: (person) => paths.ofPerson({ person }) },
  ],
}
