import { rule, unreadable } from '../ssda903.ts'

/** The day the episode ended. */
export default rule({
  code: '147',
  from: '2022-23',
  flags: 'Episodes.DEC',
  message: 'The day the episode ended is no real date. Enter it as dd/mm/yyyy.',
  eachEpisode: ({ DEC }) => unreadable(DEC),
})
