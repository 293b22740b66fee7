import { codes, filled, rule } from '../ssda903.ts'

const waysOfTakingPart = codes('PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7')

/** How the child took part is said of each review, and of nothing else. */
export default rule({
  code: '167',
  from: '2022-23',
  flags: 'Reviews.REVIEW_CODE',
  message:
    'How the child took part in the review is missing, is not a code from PN0 to PN7, or stands without a date. Enter both, or remove the row.',
  eachReview: ({ REVIEW, REVIEW_CODE }) =>
    filled(REVIEW) ? !waysOfTakingPart.has(REVIEW_CODE) : filled(REVIEW_CODE),
})
