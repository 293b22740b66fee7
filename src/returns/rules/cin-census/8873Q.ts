import { closedAfterAssessment, rule } from '../cin-census.ts'

/** An episode whose only assessment found no factors ended with it. One that is still open is asked about too. */
export default rule({
  code: '8873Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Assessments.AssessmentFactors CINdetails.ReasonForClosure',
  message: 'The only assessment found no factors, and yet the case was not closed after it. Is that right?',
  eachAssessment: (assessment) =>
    assessment.AssessmentFactors.includes('21') &&
    assessment.cin.Assessments.length === 1 &&
    !closedAfterAssessment(assessment.cin) && [assessment, assessment.cin],
})
