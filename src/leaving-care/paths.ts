import { definePaths } from '../web/paths.ts'

export const paths = definePaths({ leavingCare: '/children/:person/leaving-care' })
