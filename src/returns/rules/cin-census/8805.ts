import { blank, filled, rule } from '../cin-census.ts'

/** A closed episode has a reason for closure. */
export default rule({
  code: '8805',
  from: '2022-23',
  flags: 'CINdetails.CINclosureDate CINdetails.ReasonForClosure',
  message: 'The case is closed, but no reason is given. Give the reason.',
  eachCINdetails: ({ CINclosureDate, ReasonForClosure }) => filled(CINclosureDate) && blank(ReasonForClosure),
})
