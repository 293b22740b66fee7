import { definePaths } from '../web/paths.ts'

export const paths = definePaths({
  list: '/returns',
  begin: '/returns/new',
  made: '/returns/:made',
  progress: '/returns/:made/progress',
  download: '/returns/:made/download',
  file: '/returns/:made/file',
  reporting: '/reporting',
  reportEnd: '/reporting/:run/end',
})
