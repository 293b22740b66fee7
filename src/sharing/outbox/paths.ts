import { definePaths } from '../../web/paths.ts'

/** Addresses of what partners are told. */
export const paths = definePaths({
  messages: '/sharing/outbox',
  tryAgain: '/sharing/outbox/try-again',
})
