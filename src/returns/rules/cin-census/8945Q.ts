import { codes, rule } from '../cin-census.ts'

const old = codes('18A 18a')

/** Factor 18A, physical abuse by whomever, has been replaced by 18B and 18C. The known reference never finds it. */
export default rule({
  code: '8945Q',
  kind: 'query',
  from: '2024-25',
  flags: 'Assessments.AssessmentFactors',
  message:
    'The assessment found physical abuse, without saying by whom. Choose physical abuse by a child or by an adult instead.',
  eachAssessment: ({ AssessmentFactors }) => AssessmentFactors.some((factor) => old.has(factor)),
})
