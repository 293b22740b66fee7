import { codesOf, rule } from '../cin-census.ts'

const categories = codesOf('category_of_abuse')

/** A child protection plan says for which category of abuse it is now, or was at its end. */
export default rule({
  code: '8910',
  from: '2022-23',
  flags: 'ChildProtectionPlans.LatestCategoryOfAbuse',
  message: 'The latest category of abuse of the child protection plan is missing or is not a known code.',
  eachChildProtectionPlan: ({ LatestCategoryOfAbuse }) => !categories.has(LatestCategoryOfAbuse),
})
