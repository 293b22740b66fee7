import { rule } from '../cin-census.ts'

/** Pre-proceedings start in the census year. Provisional. */
export default rule({
  code: '9005',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.PPStartDate',
  message:
    'Pre-proceedings start before or after the collection year. Correct the date, or leave them out of the return.',
  eachPreProceedings: ({ PPStartDate }, _child, collection) => collection.outside(PPStartDate),
})
