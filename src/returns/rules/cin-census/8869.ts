import { rule } from '../cin-census.ts'

/** That no factor was found stands alone. The known reference never finds this fault. */
export default rule({
  code: '8869',
  from: '2022-23',
  flags: 'Assessments.AssessmentFactors',
  message: 'The assessment is said to have found no factors, and has others too. Remove what is wrong.',
  eachAssessment: ({ AssessmentFactors }) =>
    AssessmentFactors.includes('21') && AssessmentFactors.some((factor) => factor !== '21'),
})
