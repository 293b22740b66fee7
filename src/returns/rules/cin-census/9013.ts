import { rule } from '../cin-census.ts'

/** The letter that care proceedings begin is sent in the census year, and not before the application. Provisional. */
export default rule({
  code: '9013',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.LetterInitCPDate PreProceedingsandFGDM.CourtAppDate',
  message:
    'The letter that care proceedings begin is dated outside the collection year, or before the court application. Correct the dates.',
  eachPreProceedings: ({ LetterInitCPDate, CourtAppDate }, _child, collection) =>
    collection.outside(LetterInitCPDate) || LetterInitCPDate < CourtAppDate,
})
