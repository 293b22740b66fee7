import { rule } from '../cin-census.ts'

/** An assessment tells a factor once. */
export default rule({
  code: '8898',
  from: '2022-23',
  flags: 'Assessments.AssessmentFactors',
  message: 'The assessment has the same factor more than once. Keep one.',
  eachAssessment: ({ AssessmentFactors }) => {
    for (let i = 1; i < AssessmentFactors.length; i++)
      if (AssessmentFactors.indexOf(AssessmentFactors[i]!) < i) return true
    return false
  },
})
