import { birthday, rule } from '../ssda903.ts'

/** Staying on with former foster carers (E17) begins with the 18th birthday. */
export default rule({
  code: '460',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DEC Episodes.REC',
  message:
    'The young person stayed on with former carers at 18 (E17), and care ended before the 18th birthday. Correct the reason, the end or the date of birth.',
  eachEpisode: ({ REC, DEC }, { header }) => REC === 'E17' && DEC < birthday(header.DOB, 18),
})
