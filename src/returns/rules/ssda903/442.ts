import { blank, isShortBreak, rule } from '../ssda903.ts'

/** Whoever is looked after, and not only in short breaks, has a UPN or a reason for having none. */
export default rule({
  code: '442',
  from: '2022-23',
  needs: 'Header Episodes',
  flags: 'Header.UPN',
  message: 'The child’s unique pupil number (UPN) is missing. Enter it, or why there is none (UN1 to UN5).',
  eachHeader: ({ UPN }, { Episodes }) => blank(UPN) && Episodes.some((episode) => !isShortBreak(episode)),
})
