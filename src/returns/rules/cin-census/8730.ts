import { number, rule } from '../cin-census.ts'

/** A child protection plan says how many came before it: a whole number, 0 for none. */
export default rule({
  code: '8730',
  from: '2022-23',
  flags: 'ChildProtectionPlans.NumberOfPreviousCPP',
  message:
    'The number of earlier child protection plans is missing or is no whole number. Give 0 if there were none.',
  eachChildProtectionPlan: ({ NumberOfPreviousCPP }) => {
    const plans = number(NumberOfPreviousCPP)
    return !Number.isInteger(plans) || plans < 0
  },
})
