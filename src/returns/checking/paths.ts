import { definePaths } from '../../web/paths.ts'

export const paths = definePaths({
  runs: '/checks',
  begin: '/checks/new',
  run: '/checks/:check',
  progress: '/checks/:check/progress',
  child: '/checks/:check/children/:place',
  tick: '/checks/:check/tick',
  teams: '/checks/:check/teams',
  download: '/checks/:check/download',
  file: '/checks/:check/file',
  dismiss: '/checks/:check/dismiss',
  mine: '/my-checks',
  record: '/children/:person/checks',
})
