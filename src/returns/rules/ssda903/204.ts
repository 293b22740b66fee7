import { rule, sameOrBothBlank } from '../ssda903.ts'

/** The ethnicity does not differ from last year's return. */
export default rule({
  code: '204',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.ETHNIC',
  message:
    'The child’s ethnicity differs from last year’s return. Correct it, or ask for last year’s return to be put right.',
  eachHeader: ({ ETHNIC }, { lastYear }) =>
    lastYear.Header.some((before) => !sameOrBothBlank(ETHNIC, before.ETHNIC)),
})
