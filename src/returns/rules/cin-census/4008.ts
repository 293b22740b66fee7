import { rule } from '../cin-census.ts'

/** No child in need plan starts after the child has died. */
export default rule({
  code: '4008',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonDeathDate CINPlanDates.CINPlanStartDate',
  message: 'The child in need plan starts after the child’s death. Correct one of the two dates.',
  eachCINPlan: (plan, { identifiers }) =>
    plan.CINPlanStartDate > identifiers.PersonDeathDate && [identifiers, plan],
})
