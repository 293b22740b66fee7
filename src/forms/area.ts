import type { Area } from '../web/area.ts'
import { draftPages } from './draft-pages.ts'
import { paths } from './paths.ts'

/** What somebody is still writing, saved as they type. */
export const forms: Area = {
  name: 'forms',
  pages: draftPages,
  paths,
  menu: [{ text: 'What I have not filed yet', href: paths.drafts(), place: 'menu', heading: 'My work' }],
}
