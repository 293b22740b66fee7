import { blank, rule } from '../cin-census.ts'

/** Factors are only told of an assessment that is finished. */
export default rule({
  code: '8614',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors',
  message:
    'The assessment has factors but is not authorised yet. Give the day it was, or leave the factors out.',
  eachAssessment: ({ AssessmentAuthorisationDate, AssessmentFactors }) =>
    blank(AssessmentAuthorisationDate) && AssessmentFactors.length > 0,
})
