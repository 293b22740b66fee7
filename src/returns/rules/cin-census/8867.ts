import { blank, filled, rule } from '../cin-census.ts'

/** When an episode is closed its assessments are authorised. */
export default rule({
  code: '8867',
  from: '2022-23',
  flags: 'CINdetails.CINclosureDate Assessments.AssessmentAuthorisationDate',
  message: 'The case is closed, but an assessment is still open. Give the day the assessment was authorised.',
  eachAssessment: (assessment) =>
    blank(assessment.AssessmentAuthorisationDate) &&
    filled(assessment.cin.CINclosureDate) && [assessment.cin, assessment],
})
