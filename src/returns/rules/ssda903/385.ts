import { rule } from '../ssda903.ts'

/** What ends after the year is still open in this return. */
export default rule({
  code: '385',
  from: '2022-23',
  flags: 'Episodes.DEC',
  message:
    'This episode ends after the end of the collection year. Correct its end, or leave it open for this year.',
  eachEpisode: ({ DEC }, _child, { lastDay }) => DEC > lastDay,
})
