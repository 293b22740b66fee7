import { birthday, rule } from '../ssda903.ts'

/**
 * Residential employment (P3) is for young people of 14 and over. Open episodes count too; the known reference passes
 * them over.
 */
export default rule({
  code: '374',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'The child was under 14 when this residential employment (P3) began. Correct the placement type or the date.',
  eachEpisode: ({ PLACE, DECOM }, { header }) => PLACE === 'P3' && DECOM < birthday(header.DOB, 14),
})
