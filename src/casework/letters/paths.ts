import { definePaths } from '../../web/paths.ts'

/** Addresses of letters and of the templates they are written from. */
export const paths = definePaths({
  letters: '/children/:person/letters',
  choose: '/children/:person/letters/new',
  write: '/children/:person/letters/write',
  letter: '/children/:person/letters/:letter',
  word: '/children/:person/letters/:letter/word',
  handle: '/children/:person/letters/:letter/handle',
  toPrint: '/letters-to-print',
  templates: '/administration/letters',
  templateNew: '/administration/letters/new',
  template: '/administration/letters/:template',
  publish: '/administration/letters/:template/publish',
})
