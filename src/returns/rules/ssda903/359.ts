import { birthday, blank, rule } from '../ssda903.ts'

/** Care ends at 18. Only V2 with K2 may go on; a child who turns 18 on the last day of the year is still right. */
export default rule({
  code: '359',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DEC Episodes.LS Episodes.PLACE',
  message:
    'The young person turned 18 before 31 March, and this episode has not been ended. Enter when and why it ended, or correct the date of birth.',
  eachEpisode: ({ DEC, LS, PLACE }, { header }, { lastDay }) =>
    blank(DEC) && birthday(header.DOB, 18) < lastDay && !(LS === 'V2' && PLACE === 'K2'),
})
