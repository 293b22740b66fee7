import { codesOf, filled, rule } from '../cin-census.ts'

const reasons = codesOf('reason_for_closure')

/** A reason for closure is a code of the national set. */
export default rule({
  code: '8640',
  from: '2022-23',
  flags: 'CINdetails.ReasonForClosure',
  message: 'The reason for closing the case is not a known code. Choose one from the list.',
  eachCINdetails: ({ ReasonForClosure }) => filled(ReasonForClosure) && !reasons.has(ReasonForClosure),
})
