import { birthday, rule } from '../ssda903.ts'

/** Nobody comes into care (RNE S) at 18 or later. */
export default rule({
  code: '352',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.RNE',
  message:
    'The young person was 18 or over when care began. Correct the start of the episode or the date of birth.',
  eachEpisode: ({ RNE, DECOM }, { header }) => RNE === 'S' && DECOM >= birthday(header.DOB, 18),
})
