import { birthday, rule } from '../ssda903.ts'

/**
 * PN0 is for children under 4, who take no part in their review. The known reference lets a review on the very 4th
 * birthday pass; the DfE does not.
 */
export default rule({
  code: '440',
  from: '2022-23',
  flags: 'Reviews.DOB Reviews.REVIEW Reviews.REVIEW_CODE',
  message:
    'The review is recorded as that of a child under 4 (PN0), and the child was 4 or older. Correct how the child took part, or the dates.',
  eachReview: ({ REVIEW_CODE, REVIEW, DOB }) => REVIEW_CODE === 'PN0' && REVIEW >= birthday(DOB, 4),
})
