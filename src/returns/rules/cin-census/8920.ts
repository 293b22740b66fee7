import { rule } from '../cin-census.ts'

/** No child protection plan ends after the child has died. One that is still open passes. */
export default rule({
  code: '8920',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPendDate ChildIdentifiers.PersonDeathDate',
  message: 'The child protection plan ends after the child’s death. Correct one of the two dates.',
  eachChildProtectionPlan: (plan, { identifiers }) =>
    plan.CPPendDate > identifiers.PersonDeathDate && [plan, identifiers],
})
