import { rule } from '../cin-census.ts'

/** The letter before proceedings is sent in the census year, and not before pre-proceedings start. Provisional. */
export default rule({
  code: '9006',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.LBPSentDate PreProceedingsandFGDM.PPStartDate',
  message:
    'The letter before proceedings was sent outside the collection year, or before pre-proceedings started. Correct the dates.',
  eachPreProceedings: ({ LBPSentDate, PPStartDate }, _child, collection) =>
    collection.outside(LBPSentDate) || LBPSentDate < PPStartDate,
})
