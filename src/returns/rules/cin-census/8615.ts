import { blank, filled, rule } from '../cin-census.ts'

/** An enquiry with a conference has started, and not later than the conference. */
export default rule({
  code: '8615',
  from: '2022-23',
  flags: 'Section47.S47ActualStartDate Section47.DateOfInitialCPC',
  message:
    'The section 47 enquiry has no start, or starts after its conference. Correct one of the two dates.',
  eachSection47: ({ S47ActualStartDate, DateOfInitialCPC }) =>
    filled(DateOfInitialCPC) && (blank(S47ActualStartDate) || S47ActualStartDate > DateOfInitialCPC),
})
