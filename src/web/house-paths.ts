import { definePaths } from './paths.ts'

/**
 * The addresses that every page leads to. The areas that answer them declare their routes with these; the header
 * shows those that are answered.
 */
export const housePaths = definePaths({
  home: '/',
  search: '/search',
  myWork: '/my-work',
  newContact: '/contacts/new',
  help: '/help',
  account: '/account',
  notices: '/notices',
  forYou: '/for-you',
  signIn: '/sign-in',
  signOut: '/sign-out',
  lock: '/lock',
  unlock: '/unlock',
  seen: '/account/seen',
  components: '/components',
  componentRecord: '/components/record',
  componentProgress: '/components/progress',
})
