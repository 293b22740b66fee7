import { codes, rule } from '../ssda903.ts'

const withPresentCarers = codes('A3 A5')
const fosteredOrPlaced = codes('A3 A4 A5 A6 U1 U2 U3 U4 U5 U6')

/**
 * A child placed for adoption with the present carers (A3, A5) was fostered by them just before, or placed for
 * adoption already. The known reference tests A3 and A4 in place of A3 and A5.
 */
export default rule({
  code: '336',
  from: '2022-23',
  flags: 'Episodes.PLACE',
  message:
    'The child is placed for adoption with the present carers, and was not in foster care just before. Correct this placement type or the one before.',
  eachNextEpisode: (previous, episode) =>
    withPresentCarers.has(episode.PLACE) && !fosteredOrPlaced.has(previous.PLACE),
})
