import { rule, same } from '../ssda903.ts'

/** An episode lasts a night at least. Two blanks are no day; the known reference tells those too. */
export default rule({
  code: '355',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.DEC',
  message: 'This episode begins and ends on the same day. Correct a date, or leave the episode out.',
  eachEpisode: ({ DECOM, DEC }) => same(DECOM, DEC),
})
