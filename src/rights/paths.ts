import { definePaths } from '../web/paths.ts'

export const paths = definePaths({
  ask: '/your-information',
  asked: '/your-information/:reference',
  writeDown: '/requests/new',
  requests: '/requests',
  request: '/requests/:request',
  step: '/requests/:request/steps/:kind',
})
