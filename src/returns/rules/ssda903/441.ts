import { birthday, codes, rule } from '../ssda903.ts'

const tookPart = codes('PN1 PN2 PN3 PN4 PN5 PN6 PN7')

/** PN1 to PN7 say how a child of 4 or over took part in the review; children under 4 have PN0. */
export default rule({
  code: '441',
  from: '2022-23',
  flags: 'Reviews.DOB Reviews.REVIEW Reviews.REVIEW_CODE',
  message:
    'The review says how a child of 4 or over took part, and the child was younger. Enter PN0, or correct the dates.',
  eachReview: ({ REVIEW_CODE, REVIEW, DOB }) => tookPart.has(REVIEW_CODE) && REVIEW < birthday(DOB, 4),
})
