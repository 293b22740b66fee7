import { definePaths } from '../web/paths.ts'

/** Addresses of the people in the record. Search itself is in web/house-paths.ts. */
export const paths = definePaths({
  suggestions: '/search/suggestions',
  record: '/children/:person',
  family: '/children/:person/family',
  education: '/children/:person/education',
  fact: '/children/:person/facts/:table/:fact',
})
