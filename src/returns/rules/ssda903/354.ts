import { rule } from '../ssda903.ts'

/** An episode begins by the last day of the year; the published message speaks of its end, which is rule 385. */
export default rule({
  code: '354',
  from: '2022-23',
  flags: 'Episodes.DECOM',
  message:
    'This episode begins after the end of the collection year. Correct its start, or leave it for next year.',
  eachEpisode: ({ DECOM }, _child, { lastDay }) => DECOM > lastDay,
})
