import { isDate, rule } from '../ssda903.ts'

/** Each review has its day. */
export default rule({
  code: '166',
  from: '2022-23',
  flags: 'Reviews.REVIEW',
  message: 'The date of the review is blank or is no real date. Enter it as dd/mm/yyyy.',
  eachReview: ({ REVIEW }) => !isDate(REVIEW),
})
