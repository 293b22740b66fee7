import { birthday, rule } from '../ssda903.ts'

/** A residential school (S1) takes nobody under 4. Open episodes count too; the known reference passes them over. */
export default rule({
  code: '373',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'The child was under 4 when this residential school placement (S1) began. Correct the placement type or the date.',
  eachEpisode: ({ PLACE, DECOM }, { header }) => PLACE === 'S1' && DECOM < birthday(header.DOB, 4),
})
