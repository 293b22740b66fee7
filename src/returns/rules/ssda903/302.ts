import { rule } from '../ssda903.ts'

/**
 * Care cannot begin before birth. The DfE speaks of the first episode with RNE S; we take the earliest of the return,
 * whatever its RNE, since that one may lie in an earlier year.
 */
export default rule({
  code: '302',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Header.DOB',
  message: 'The first episode begins before the child was born. Correct its start or the date of birth.',
  eachHeader: (header, { firstEpisode }) =>
    firstEpisode !== undefined && firstEpisode.DECOM < header.DOB && [firstEpisode, header],
})
