import { codesOf, rule } from '../cin-census.ts'

const categories = codesOf('category_of_abuse')

/** A child protection plan says for which category of abuse it began. */
export default rule({
  code: '8905',
  from: '2022-23',
  flags: 'ChildProtectionPlans.InitialCategoryOfAbuse',
  message:
    'The category of abuse at the start of the child protection plan is missing or is not a known code.',
  eachChildProtectionPlan: ({ InitialCategoryOfAbuse }) => !categories.has(InitialCategoryOfAbuse),
})
