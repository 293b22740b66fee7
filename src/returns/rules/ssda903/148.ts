import { filled, rule } from '../ssda903.ts'

/** An episode that ended has a day and a reason for it. */
export default rule({
  code: '148',
  from: '2022-23',
  flags: 'Episodes.DEC Episodes.REC',
  message:
    'Of the end of the episode only the date or only the reason is given. Enter both, or neither while it is open.',
  eachEpisode: ({ DEC, REC }) => filled(DEC) !== filled(REC),
})
