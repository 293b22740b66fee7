import { blank, filled, rule } from '../cin-census.ts'

/** An episode with a reason for closure is closed. */
export default rule({
  code: '8810',
  from: '2022-23',
  flags: 'CINdetails.ReasonForClosure CINdetails.CINclosureDate',
  message: 'A reason for closing the case is given, but no date. Give the date, or remove the reason.',
  eachCINdetails: ({ ReasonForClosure, CINclosureDate }) => filled(ReasonForClosure) && blank(CINclosureDate),
})
