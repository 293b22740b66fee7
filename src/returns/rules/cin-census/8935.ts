import { blank, type ProtectionPlan, rule, twoOrMore } from '../cin-census.ts'

const isOpen = ({ CPPendDate }: ProtectionPlan) => blank(CPPendDate)

/**
 * A child has at most one open child protection plan, whatever the episode. The known reference only compares plans
 * that have the same number in their episodes.
 */
export default rule({
  code: '8935',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPendDate',
  message: 'The child has more than one open child protection plan. Give the end of those that have ended.',
  eachChild: ({ ChildProtectionPlans }, report) => {
    const open = twoOrMore(ChildProtectionPlans, isOpen)
    if (open) report(...open)
  },
})
