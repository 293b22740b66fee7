import { definePaths } from '../web/paths.ts'

/** Addresses of what workers do with a record whatever the kind of help. My work itself is in web/house-paths.ts. */
export const paths = definePaths({
  allocate: '/allocate',
  chronology: '/children/:person/chronology',
})
