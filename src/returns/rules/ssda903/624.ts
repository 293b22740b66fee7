import { asSupplied, filled, rule } from '../ssda903.ts'

/** The date of birth of a mother's first child does not change from year to year. Compared as it was typed. */
export default rule({
  code: '624',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.MC_DOB',
  message:
    'Her first child’s date of birth is not the one in last year’s return. Find out which is right, and enter it.',
  eachHeader: (header, { lastYear }) =>
    lastYear.Header.some(
      (before) => filled(before.MC_DOB) && asSupplied(before, 'MC_DOB') !== asSupplied(header, 'MC_DOB'),
    ),
})
