import { definePaths } from '../web/paths.ts'

/** Addresses of what is not filed yet. */
export const paths = definePaths({
  drafts: '/drafts',
  draft: '/drafts/:draft',
  putAway: '/drafts/:draft/put-away',
  takeUpAgain: '/drafts/:draft/take-up-again',
})
