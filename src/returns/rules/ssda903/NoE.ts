import { rule } from '../ssda903.ts'

/**
 * Who was in care before this year is in last year's return. Not one of the DfE's numbers, but a check of its
 * portal.
 */
export default rule({
  code: 'NoE',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.DECOM',
  message:
    'This episode began before the year, and last year’s return has no episode of the child. Correct when it began, or ask for last year’s return to be put right.',
  eachEpisode: ({ DECOM }, { lastYear }, { firstDay }) => DECOM < firstDay && lastYear.Episodes.length === 0,
})
