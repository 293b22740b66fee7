import { codes, day, rule } from '../ssda903.ts'

const withPresentCarers = codes('A3 A5')
const suitable = codes('S T U')
const firstDay = day('2015-04-01')

/** Placed for adoption with the carers of today: the carer stays, so RNE is T or U, or S when care begins with it. */
export default rule({
  code: '217',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.DECOM Episodes.RNE',
  message:
    'The child is placed for adoption with the present carers, so the carer did not change. The reason for the new episode (RNE) should be S, T or U.',
  eachEpisode: ({ PLACE, DECOM, RNE }) =>
    withPresentCarers.has(PLACE) && DECOM >= firstDay && !suitable.has(RNE),
})
