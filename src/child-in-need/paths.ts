import { definePaths } from '../web/paths.ts'

export const paths = definePaths({ need: '/children/:person/need' })
