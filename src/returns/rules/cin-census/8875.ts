import { isWeekend, rule } from '../cin-census.ts'

/** A conference of an enquiry is not held at a weekend. */
export default rule({
  code: '8875',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC',
  message: 'The conference is dated on a Saturday or Sunday. Correct the date.',
  eachSection47: ({ DateOfInitialCPC }) => isWeekend(DateOfInitialCPC),
})
