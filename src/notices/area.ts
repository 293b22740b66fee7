import type { Area } from '../web/area.ts'
import { housePaths } from '../web/house-paths.ts'
import { forYouPages } from './for-you-pages.ts'
import { administrators, mailPages } from './mail-pages.ts'
import { paths } from './paths.ts'

/** What somebody is told: in the service, by one e-mail a day at most, on a calendar. */
export const notices: Area = {
  name: 'notices',
  pages: async (app) => {
    await app.register(forYouPages)
    await app.register(mailPages)
  },
  paths,
  menu: [
    { text: 'For you', href: housePaths.forYou(), place: 'menu', heading: 'My work' },
    { text: 'Reminders: e-mail and calendar', href: paths.reminders(), place: 'menu', heading: 'My work' },
    {
      text: 'E-mail',
      href: paths.mail(),
      place: 'menu',
      heading: 'Running the service',
      roles: administrators.roles,
    },
  ],
}
