import { definePaths } from '../web/paths.ts'

/** Addresses of the trail: who looked at a child's record, what a worker opened, and the seal that proves it. */
export const paths = definePaths({
  whoHasLooked: '/children/:person/who-has-looked',
  workers: '/trail/workers',
  worker: '/trail/workers/:account',
  mine: '/trail/what-i-opened',
  seal: '/trail/seal',
  seen: '/trail/seal/verifications/:verification/seen',
})
