import { codesOf, rule } from '../cin-census.ts'

const factors = codesOf('assessment_factor')

/**
 * An assessment authorised in the year or later says which factors it found, with codes of the national set. The known
 * reference may look at the factors of another episode.
 */
export default rule({
  code: '8897Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors',
  message:
    'The factors of this assessment are missing, or not all of them are known codes. Record what was found, or that nothing was.',
  eachAssessment: ({ AssessmentAuthorisationDate, AssessmentFactors }, _child, { firstDay }) =>
    AssessmentAuthorisationDate >= firstDay &&
    (AssessmentFactors.length === 0 || AssessmentFactors.some((factor) => !factors.has(factor))),
})
