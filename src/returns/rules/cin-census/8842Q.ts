import { blank, rule } from '../cin-census.ts'

/** Reviews have a date. A group of reviews that holds none at all is asked about too; the known reference misses it. */
export default rule({
  code: '8842Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Reviews.CPPreviewDate',
  message:
    'A review of the child protection plan has no date. Give the day it was held, or remove the review.',
  eachReview: ({ CPPreviewDate }) => blank(CPPreviewDate),
})
