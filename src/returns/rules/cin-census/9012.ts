import { rule } from '../cin-census.ts'

/** The application to court is made in the census year, and not before it is decided to step up or down. Provisional. */
export default rule({
  code: '9012',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.CourtAppDate PreProceedingsandFGDM.StepDecisionDate',
  message:
    'The court application is dated outside the collection year, or before the decision to step up. Correct the dates.',
  eachPreProceedings: ({ CourtAppDate, StepDecisionDate }, _child, collection) =>
    collection.outside(CourtAppDate) || CourtAppDate < StepDecisionDate,
})
