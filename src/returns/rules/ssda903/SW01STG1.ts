import { blank, filled, isShortBreak, rule } from '../ssda903.ts'

/**
 * Of a child in care on 31 March it is told who the social worker is, since when and why it changed. Each of the
 * three is enough once; the known reference fails the child when any one row lacks one.
 */
export default rule({
  code: 'SW01STG1',
  from: '2023-24',
  until: '2023-24',
  needs: 'Episodes SWEpisodes',
  flags: 'Episodes.DEC',
  message:
    'The child is in care on 31 March, and there is no complete record of a social worker. Enter the number, the start and the reason for the change.',
  eachEpisode: (episode, { SWEpisodes }) =>
    blank(episode.DEC) &&
    !isShortBreak(episode) &&
    !(
      SWEpisodes.some(({ SW_ID }) => filled(SW_ID)) &&
      SWEpisodes.some(({ SW_DECOM }) => filled(SW_DECOM)) &&
      SWEpisodes.some(({ SW_REASON }) => filled(SW_REASON))
    ),
})
