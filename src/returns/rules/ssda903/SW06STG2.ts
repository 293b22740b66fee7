import { rule } from '../ssda903.ts'

/** A social worker's spell of the return begins by the end of the year; it may have begun in an earlier one. */
export default rule({
  code: 'SW06STG2',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DECOM',
  message:
    'This social worker’s spell begins after the end of the collection year. Correct the date, or leave the spell for next year.',
  eachSWEpisode: ({ SW_DECOM }, _child, { lastDay }) => SW_DECOM > lastDay,
})
