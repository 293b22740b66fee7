import { definePaths } from '../web/paths.ts'

export const paths = definePaths({ protection: '/children/:person/protection' })
