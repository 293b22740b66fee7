import { rule } from '../cin-census.ts'

/** No child protection plan starts after the child has died. */
export default rule({
  code: '8915',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate ChildIdentifiers.PersonDeathDate',
  message: 'The child protection plan starts after the child’s death. Correct one of the two dates.',
  eachChildProtectionPlan: (plan, { identifiers }) =>
    plan.CPPstartDate > identifiers.PersonDeathDate && [plan, identifiers],
})
