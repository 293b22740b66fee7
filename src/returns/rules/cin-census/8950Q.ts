import { codes, rule } from '../cin-census.ts'

const old = codes('19A 19a')

/** Factor 19A, sexual abuse by whomever, has been replaced by 19B and 19C. The known reference never finds it. */
export default rule({
  code: '8950Q',
  kind: 'query',
  from: '2024-25',
  flags: 'Assessments.AssessmentFactors',
  message:
    'The assessment found sexual abuse, without saying by whom. Choose sexual abuse by a child or by an adult instead.',
  eachAssessment: ({ AssessmentFactors }) => AssessmentFactors.some((factor) => old.has(factor)),
})
