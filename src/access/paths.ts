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
  restrict: '/children/:person/restriction',
  colleagues: '/children/:person/colleagues',
  colleagueEnd: '/children/:person/colleagues/:tie/end',

  emergencies: '/emergency-access',
  emergencyWrite: '/emergency-access/:emergency/write',
  emergencyEnd: '/emergency-access/:emergency/end',
  emergencyReview: '/emergency-access/:emergency/review',
  restrictions: '/restrictions',
  restriction: '/restrictions/:restriction',
  restrictionConfirm: '/restrictions/:restriction/confirm',
  restrictionReaders: '/restrictions/:restriction/readers',
  restrictionReaderOff: '/restrictions/:restriction/readers/:account/take-off',
  restrictionLift: '/restrictions/:restriction/lift',
  declared: '/known-families/declared',
  cover: '/cover',
  coverEnd: '/cover/:cover/end',
  connections: '/known-families',
  connection: '/known-families/:connection',
  noticeRead: '/notices/:notice/read',

  prove: '/prove',
  settings: '/account/settings',
  password: '/account/password',
  sessionEnd: '/account/sessions/:session/end',

  staff: '/people-who-work-here',
  staffNew: '/people-who-work-here/new',
  teams: '/people-who-work-here/teams',
  teamNew: '/people-who-work-here/teams/new',
  team: '/people-who-work-here/teams/:team',
  groups: '/people-who-work-here/directory-groups',
  groupTake: '/people-who-work-here/directory-groups/take',
  account: '/people-who-work-here/:account',
  accountDetails: '/people-who-work-here/:account/details',
  accountRole: '/people-who-work-here/:account/roles',
  accountRoleTake: '/people-who-work-here/:account/roles/:role/take',
  accountTeam: '/people-who-work-here/:account/teams',
  accountTeamLeave: '/people-who-work-here/:account/teams/:membership/leave',
  accountSupervisor: '/people-who-work-here/:account/supervisor',
  accountReset: '/people-who-work-here/:account/reset',
  accountEnd: '/people-who-work-here/:account/end',
  accountReopen: '/people-who-work-here/:account/reopen',
})
