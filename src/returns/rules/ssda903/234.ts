import { birthday, rule } from '../ssda903.ts'

/**
 * Nobody under 10 is taken into custody. The age counts on the day of the move, which is the start of the next
 * episode; the known reference takes the start of the episode that has the reason.
 */
export default rule({
  code: '234',
  from: '2025-26',
  needs: 'Episodes Header',
  flags: 'Episodes.REASON_PLACE_CHANGE Header.DOB',
  message: 'A child under 10 cannot have moved because of custody. Correct the reason or the date of birth.',
  eachNextEpisode: (previous, episode, { header }) =>
    previous.REASON_PLACE_CHANGE === 'CUSTOD' &&
    episode.DECOM < birthday(header.DOB, 10) && [previous, header],
})
