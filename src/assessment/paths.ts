import { definePaths } from '../web/paths.ts'

const assessments = '/children/:person/assessments'
const assessment = `${assessments}/:assessment`

export const paths = definePaths({
  assessments,
  review: `${assessment}/review`,
  stop: `${assessment}/stop`,
})
