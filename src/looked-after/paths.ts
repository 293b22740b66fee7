import { definePaths } from '../web/paths.ts'

export const paths = definePaths({
  care: '/children/:person/care',
  health: '/children/:person/health',
})
