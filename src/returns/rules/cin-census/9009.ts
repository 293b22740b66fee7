import { rule } from '../cin-census.ts'

/** To step up or down is decided in the census year, and not before pre-proceedings start. Provisional. */
export default rule({
  code: '9009',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.StepDecisionDate PreProceedingsandFGDM.PPStartDate',
  message:
    'The decision to step up or down is dated outside the collection year, or before pre-proceedings started. Correct the dates.',
  eachPreProceedings: ({ StepDecisionDate, PPStartDate }, _child, collection) =>
    collection.outside(StepDecisionDate) || StepDecisionDate < PPStartDate,
})
