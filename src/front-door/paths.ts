import { definePaths } from '../web/paths.ts'

/** Addresses of the front door. The form of a new contact itself is in web/house-paths.ts. */
export const paths = definePaths({
  frontDoor: '/front-door',
  likely: '/contacts/new/likely',
  contact: '/contacts/:together',
  decide: '/contacts/:together/decide',
  wait: '/contacts/:together/wait',
  takeBack: '/contacts/:together/take-back',
  informed: '/contacts/:together/informed',
  outcome: '/contacts/:together/outcome',
  queue: '/front-door/queue',
  notification: '/front-door/queue/:notification',
  notificationLikely: '/front-door/queue/:notification/likely',
  setAside: '/front-door/queue/:notification/set-aside',
  putBack: '/front-door/queue/:notification/put-back',
  bring: '/front-door/bring',
  senders: '/administration/senders',
  endSender: '/administration/senders/:sender/end',
  api: '/api/notifications',
  refer: '/refer',
  track: '/refer/:token',
  addFile: '/refer/:token/file',
  help: '/children/:person/early-help',
  helpNew: '/children/:person/early-help/new',
  helpStep: '/children/:person/early-help/:help/:step',
  stepUp: '/front-door/step-up/:person/:help',
})
