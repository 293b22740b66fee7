import { isDate, rule } from '../ssda903.ts'

/** The date of birth does not differ from last year's return. One that is no real date counts as blank. */
export default rule({
  code: '203',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.DOB',
  message:
    'The date of birth differs from last year’s return. Correct it, or ask for last year’s return to be put right.',
  eachHeader: ({ DOB }, { lastYear }) =>
    lastYear.Header.some((before) => DOB !== before.DOB && (isDate(DOB) || isDate(before.DOB))),
})
