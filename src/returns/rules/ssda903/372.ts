import { birthday, rule } from '../ssda903.ts'

/**
 * A young offender institution or prison (R5) takes nobody under 10. Open episodes count too;
 * the known reference passes them over.
 */
export default rule({
  code: '372',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message: 'The child was under 10 when this placement (R5) began. Correct the placement type or the date.',
  eachEpisode: ({ PLACE, DECOM }, { header }) => PLACE === 'R5' && DECOM < birthday(header.DOB, 10),
})
