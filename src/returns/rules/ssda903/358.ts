import { birthday, codes, rule } from '../ssda903.ts'

const youthJustice = codes('J1 J2 J3')

/** Criminal responsibility begins at 10. The known reference also tells a start on the 10th birthday itself. */
export default rule({
  code: '358',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.LS Header.DOB',
  message:
    'A child under 10 cannot have a youth justice legal status (J1, J2, J3). Correct the legal status, the start or the date of birth.',
  eachEpisode: (episode, { header }) =>
    youthJustice.has(episode.LS) && episode.DECOM < birthday(header.DOB, 10) && [episode, header],
})
