import { definePaths } from '../web/paths.ts'

/** Addresses of what somebody is told. For you itself is in web/house-paths.ts. */
export const paths = definePaths({
  read: '/for-you/read',
  readAll: '/for-you/read-all',
  reminders: '/for-you/reminders',
  digest: '/for-you/reminders/e-mail',
  calendarNew: '/for-you/reminders/calendar',
  calendarEnd: '/for-you/reminders/calendar/end',
  feed: '/calendar/:secret',
  mail: '/administration/mail',
  mailTrial: '/administration/mail/try',
  mailAgain: '/administration/mail/:mail/again',
})
