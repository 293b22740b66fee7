import { rule } from '../cin-census.ts'

/** An assessment does not end before it starts. */
export default rule({
  code: '8608',
  from: '2022-23',
  flags: 'Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate',
  message: 'The assessment was authorised before it started. Correct one of the two dates.',
  eachAssessment: (one) => one.AssessmentAuthorisationDate < one.AssessmentActualStartDate,
})
