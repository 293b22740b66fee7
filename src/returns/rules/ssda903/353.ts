import { day, rule } from '../ssda903.ts'

/** The day on which the Children Act 1989 came into force. */
const childrenAct = day('1991-10-14')

/** No episode is older than the Children Act. */
export default rule({
  code: '353',
  from: '2022-23',
  flags: 'Episodes.DECOM',
  message: 'This episode begins before 14 October 1991. Correct its start.',
  eachEpisode: ({ DECOM }) => DECOM < childrenAct,
})
