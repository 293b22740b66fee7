import { blank, rule } from '../cin-census.ts'

/** A child in need plan has a start, on or before the reference date. */
export default rule({
  code: '4010',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate',
  message: 'The child in need plan has no start date, or starts after the collection year. Correct the date.',
  eachCINPlan: ({ CINPlanStartDate }, _child, { referenceDate }) =>
    blank(CINPlanStartDate) || CINPlanStartDate > referenceDate,
})
