import { filled, latestPossibleDay, rule } from '../ssda903.ts'

/**
 * The earlier permanence arrangement was made before care started: the latest day that its date could be counts, so
 * an unknown day or month can fail. Care that started in an earlier return is taken to start with the first episode
 * here.
 */
export default rule({
  code: '632',
  from: '2022-23',
  flags: 'PrevPerm.DATE_PERM Episodes.DECOM',
  message:
    'The date of the earlier permanence arrangement is no real date, or is not before care started. Enter it as dd/mm/yyyy, with ZZ for a day or month and ZZZZ for a year that is not known.',
  eachPrevPerm: (prevPerm, { firstEpisode }) =>
    filled(prevPerm.DATE_PERM) &&
    firstEpisode !== undefined &&
    !(latestPossibleDay(prevPerm.DATE_PERM) < firstEpisode.DECOM) && [prevPerm, firstEpisode],
})
