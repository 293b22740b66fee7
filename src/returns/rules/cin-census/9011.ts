import { codesOf, filled, rule } from '../cin-census.ts'

const outcomes = codesOf('pre_proceedings_outcome')

/** The outcome of pre-proceedings is a code of the set. Provisional. */
export default rule({
  code: '9011',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.PPOutcome',
  message: 'The outcome of pre-proceedings is not a known code. Choose one from the list.',
  eachPreProceedings: ({ PPOutcome }) => filled(PPOutcome) && !outcomes.has(PPOutcome),
})
