import { isDate, rule } from '../ssda903.ts'

/**
 * Only a birth while the mother was in care counts: by the end of the year, and of her latest episode. That is the
 * episode with the latest DECOM; the known reference takes the latest DEC, and looks at nobody who is still in care.
 */
export default rule({
  code: '625',
  from: '2022-23',
  flags: 'Header.MC_DOB Episodes.DEC',
  message:
    'Her first child was born after she had left care, or after the end of the year. Correct the child’s date of birth, or remove it.',
  eachHeader: (header, child, { lastDay }) => {
    if (!isDate(header.MC_DOB)) return false
    const latest = child.latestEpisode
    if (latest === undefined) return header.MC_DOB > lastDay
    return (header.MC_DOB > lastDay || header.MC_DOB > latest.DEC) && [header, latest]
  },
})
