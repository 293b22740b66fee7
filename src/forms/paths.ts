import { definePaths } from '../web/paths.ts'

/** Addresses of forms: what is not filed yet, what is filled in, and the forms themselves as their keepers see them. */
export const paths = definePaths({
  drafts: '/drafts',
  draft: '/drafts/:draft',
  putAway: '/drafts/:draft/put-away',
  takeUpAgain: '/drafts/:draft/take-up-again',
  ofPerson: '/children/:person/forms',
  begin: '/children/:person/forms/begin/:form',
  read: '/children/:person/forms/:work',
  write: '/children/:person/forms/:work/write/:section',
  review: '/children/:person/forms/:work/review',
  fileTyped: '/children/:person/forms/:work/file-typed',
  end: '/children/:person/forms/:work/end',
  wrongRecord: '/children/:person/forms/:work/wrong-record',
  keep: '/administration/forms',
  kept: '/administration/forms/:form',
  keptSection: '/administration/forms/:form/sections/:section',
  keptQuestion: '/administration/forms/:form/sections/:section/questions/:question',
  keptMove: '/administration/forms/:form/sections/:section/move',
  preview: '/administration/forms/:form/preview/:section',
  publish: '/administration/forms/:form/publish',
  withdraw: '/administration/forms/:form/withdraw',
  dropEdited: '/administration/forms/:form/drop',
})
