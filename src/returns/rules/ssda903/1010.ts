import { blank, isDate, rule } from '../ssda903.ts'

/**
 * Whoever was still in care when last year's return ended has an episode this year. Only last year's latest episode
 * counts; of several on one day the last in the file.
 */
export default rule({
  code: '1010',
  from: '2022-23',
  needs: 'OC3 Episodes Episodes_last',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person was still in care when last year’s return ended, and has no episode this year. Add the episode with its end.',
  eachOC3: (_oc3, { Episodes, lastYear }) => {
    if (Episodes.length > 0) return false
    const latest = lastYear.Episodes.findLast(({ DECOM }) => isDate(DECOM))
    return latest !== undefined && blank(latest.DEC)
  },
})
