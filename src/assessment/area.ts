import type { Area } from '../web/area.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Child and family assessments, from the referral's decision to the signature. */
export const assessment: Area = {
  name: 'assessment',
  pages,
  paths,
  recordParts: [
    { text: 'Assessments', rank: 43, groups: ['F12'], href: (person) => paths.assessments({ person }) },
  ],
}
