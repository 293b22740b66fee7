import { dayOfMonth, monthOf, rule, yearOf } from '../cin-census.ts'

/**
 * The reference date is 31 March of the year in the header; when either cannot be read, it is not. The DfE speaks of one
 * Header: a second in a file is dirt, and told as that; of several files each has its own.
 */
export default rule({
  code: '100',
  from: '2022-23',
  flags: 'Header.ReferenceDate',
  message: 'The reference date is not 31 March of the collection year in the header.',
  eachHeader: ({ ReferenceDate, Year }) =>
    !(
      String(yearOf(ReferenceDate)) === Year &&
      monthOf(ReferenceDate) === 3 &&
      dayOfMonth(ReferenceDate) === 31
    ),
})
