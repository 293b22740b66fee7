import { definePaths } from '../web/paths.ts'

export const paths = definePaths({
  runs: '/imports',
  begin: '/imports/new',
  run: '/imports/:run',
  progress: '/imports/:run/progress',
  loadRows: '/imports/:run/rows',
  words: '/local-words',
  wordsOfField: '/local-words/:system/:field',
  signWords: '/local-words/:system/:field/sign',
  problems: '/import-problems',
  problem: '/import-problems/:problem',
  problemProgress: '/import-problems/:problem/progress',
  retry: '/import-problems/:problem/try-again',
  dismiss: '/import-problems/:problem/dismiss',
  whoItIs: '/import-problems/:problem/who-it-is',
})
