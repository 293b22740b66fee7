import { blank, rule } from '../ssda903.ts'

/** A short break in a series (V3) is 17 days at most. One that is still open is counted to 31 March. */
export default rule({
  code: '365',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.DECOM Episodes.DEC',
  message:
    'This short break (V3) lasted more than 17 days. Correct the dates, or enter the legal status under which the child stayed on.',
  eachEpisode: ({ LS, DECOM, DEC }, _child, { lastDay }) =>
    LS === 'V3' && (blank(DEC) ? lastDay : DEC) - DECOM > 17,
})
