import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { readers, sealReaders } from './readers.ts'

const heading = 'Who may see what'

/** The trail: who looked, and the proof that it was not touched. */
export const audit: Area = {
  name: 'audit',
  pages,
  paths,
  menu: [
    { text: 'What I opened', href: paths.mine(), place: 'menu', heading },
    {
      text: 'What others opened',
      href: paths.workers(),
      place: 'menu',
      heading,
      roles: readers.ofWorkers,
      startFor: readers.ofAllWorkers,
    },
    { text: 'The seal of the trail', href: paths.seal(), place: 'menu', heading, roles: sealReaders },
  ],
  recordParts: [
    {
      text: 'Who has looked',
      rank: 110,
      roles: readers.ofRecords,
      href: (person) => paths.whoHasLooked({ person }),
    },
  ],
}
