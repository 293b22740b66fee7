import { blank, rule } from '../cin-census.ts'

/** A child protection plan has a start, on or before the reference date. */
export default rule({
  code: '8720',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate',
  message:
    'The child protection plan has no start date, or starts after the collection year. Correct the date.',
  eachChildProtectionPlan: ({ CPPstartDate }, _child, { referenceDate }) =>
    blank(CPPstartDate) || CPPstartDate > referenceDate,
})
