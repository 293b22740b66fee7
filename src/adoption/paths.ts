import { definePaths } from '../web/paths.ts'

export const paths = definePaths({ adoption: '/children/:person/adoption' })
