import { definePaths } from '../web/paths.ts'

/** Addresses of signing in, accounts and access. Those the header leads to stand in web/house-paths.ts. */
export const paths = definePaths({
  firstTime: '/sign-in/first-time',
  /** `?purpose=sign-in`, `unlock` or `prove`. */
  directory: '/sign-in/directory',
  directoryBack: '/sign-in/directory/back',

  // On a child's record.
  reason: '/children/:person/say-why',
  emergency: '/children/:person/emergency-access',
  iKnowThisFamily: '/children/:person/i-know-this-family',

  emergencies: '/emergency-access',
  emergencyWrite: '/emergency-access/:emergency/write',
  emergencyEnd: '/emergency-access/:emergency/end',
  emergencyReview: '/emergency-access/:emergency/review',
  declared: '/known-families/declared',
  connections: '/known-families',
  connection: '/known-families/:connection',
  noticeRead: '/notices/:notice/read',
})
