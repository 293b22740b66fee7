import { rule } from '../cin-census.ts'

/** No child in need plan ends after the child has died. One that is still open is not asked about. */
export default rule({
  code: '4009Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonDeathDate CINPlanDates.CINPlanEndDate',
  message: 'The child in need plan ends after the child’s death. Is the end of the plan right?',
  eachCINPlan: (plan, { identifiers }) =>
    plan.CINPlanEndDate > identifiers.PersonDeathDate && [identifiers, plan],
})
