import { rule, unreadable } from '../ssda903.ts'

/** The day the episode began. */
export default rule({
  code: '141',
  from: '2022-23',
  flags: 'Episodes.DECOM',
  message: 'The day the episode began is no real date. Enter it as dd/mm/yyyy.',
  eachEpisode: ({ DECOM }) => unreadable(DECOM),
})
