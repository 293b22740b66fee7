import { definePaths } from '../web/paths.ts'

export const paths = definePaths({ setPieces: '/set-pieces' })
