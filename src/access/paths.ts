import { definePaths } from '../web/paths.ts'

/** Addresses of signing in, accounts and access. Those the header leads to stand in web/house-paths.ts. */
export const paths = definePaths({
  firstTime: '/sign-in/first-time',
})
