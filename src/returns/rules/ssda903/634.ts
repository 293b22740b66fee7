import { blank, day, rule } from '../ssda903.ts'

const firstAsked = day('2016-04-01')

/**
 * Earlier permanence arrangements are asked for when care started on or after 1 April 2016. The known reference
 * compares with the first day of the year in place of that day.
 */
export default rule({
  code: '634',
  from: '2022-23',
  flags: 'PrevPerm.LA_PERM PrevPerm.PREV_PERM PrevPerm.DATE_PERM Episodes.DECOM',
  message:
    'Care started before 1 April 2016, and an earlier permanence arrangement is not asked for then. Remove its details, or correct when care started.',
  eachPrevPerm: (prevPerm, child) => {
    const { PREV_PERM, LA_PERM, DATE_PERM } = prevPerm
    if (blank(PREV_PERM) && blank(LA_PERM) && blank(DATE_PERM)) return false
    const latest = child.latestEpisode
    return latest !== undefined && latest.DECOM < firstAsked && [prevPerm, ...child.Episodes]
  },
})
