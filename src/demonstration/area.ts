import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** What a demonstration has to show. Where real people work, there is nothing of it. */
export const demonstration: Area = {
  name: 'demonstration',
  pages,
  paths,
  menu: [
    {
      text: 'What there is to see',
      href: paths.setPieces(),
      place: 'menu',
      heading: 'This demonstration',
      demonstrationOnly: true,
    },
  ],
}
