import { rule } from '../ssda903.ts'

/**
 * A temporary placement for any other reason (T4) lasts seven days at most. An open episode is not asked yet. The
 * known reference leaves out children without a readable date of birth, which plays no part.
 */
export default rule({
  code: '379',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'This temporary placement (T4) lasted more than seven days. Correct the dates, or enter the type of placement it was.',
  eachEpisode: ({ PLACE, DECOM, DEC }) => PLACE === 'T4' && DEC - DECOM > 7,
})
